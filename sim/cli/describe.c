/* man(7) and words from the tables that --help prints. */
#include "sim/cli/describe.h"

#include "sah_version.h"
#include "sim/cli/commands.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

const struct sah_environment sah_environment[] = {
    {"SAHEL_DATA", "Folder that holds scenarios/, instead of the one installed"},
    {"OMP_NUM_THREADS", "Number of threads where --threads does not say"},
    {"SAHEL_ISA", "Lowers the instructions used: baseline, avx2 or avx512"},
    {0},
};

const char sah_exit_doc[] =
    "0 done; 1 the answer is no; 2 the request is wrong, nothing was done;\n"
    "3 the work failed; 130 and 143 stopped by SIGINT and SIGTERM.";

/* ---- text ------------------------------------------------------------------------ */

/* `length` bytes as man(7) takes them: nothing in them is a request or an escape. */
static void put_text(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        bool begins = i == 0 || text[i - 1] == '\n';
        if (begins && (text[i] == '.' || text[i] == '\'')) fputs("\\&", stdout);
        switch (text[i]) {
        case '\\':
            fputs("\\e", stdout);
            break;
        case '-':
            fputs("\\-", stdout);
            break;
        case '\'':
            fputs("\\(aq", stdout);
            break;
        case '^':
            fputs("\\(ha", stdout);
            break;
        case '~':
            fputs("\\(ti", stdout);
            break;
        default:
            putchar(text[i]);
        }
    }
}

static void put_line(const char *text) {
    put_text(text, strlen(text));
    putchar('\n');
}

/* `command` is "" for the program itself. */
static void put_head(const char *command) {
    fputs(*command ? ".TH SAHEL-" : ".TH SAHEL", stdout);
    for (const char *c = command; *c; c++) putchar(toupper((unsigned char)*c));
    printf(" 1 \"\" \"sahel %s\" \"User Commands\"\n.SH NAME\n", SAH_VERSION);
}

/* "Example:\n  sahel ...\n  sahel ..." */
static void put_examples(const char *text, size_t length) {
    fputs(".SH EXAMPLES\n.nf\n", stdout);
    for (const char *end = text + length, *line = text; line < end;) {
        size_t n = strcspn(line, "\n");
        if (line != text) {
            size_t indent = strspn(line, " ");
            put_text(line + indent, n - indent);
            putchar('\n');
        }
        line += n + (line[n] == '\n');
    }
    fputs(".fi\n", stdout);
}

/* The paragraphs of an argp text that are examples, or those that are not. */
static void put_paragraphs(const char *text, bool examples) {
    while (text && *text) {
        const char *next = strstr(text, "\n\n");
        size_t length = next ? (size_t)(next - text) : strlen(text);
        bool is_example = strncmp(text, "Example", strlen("Example")) == 0;
        if (is_example && examples) put_examples(text, length);
        if (!is_example && !examples) {
            fputs(".PP\n", stdout);
            put_text(text, length);
            putchar('\n');
        }
        text = next ? next + 2 : NULL;
    }
}

/* ---- options --------------------------------------------------------------------- */

static const struct argp_option everywhere[] = {
    {"help", '?', NULL, 0, "Give a help list", 0},
    {"usage", 0x7fff, NULL, 0, "Give a short usage message", 0},
    {0},
};

static bool is_letter(int key) {
    return key > ' ' && key < 0x7f;
}

static void put_option(const struct argp_option *option) {
    fputs(".TP\n.B ", stdout);
    if (is_letter(option->key)) printf("\\-%c, ", option->key);
    printf("\\-\\-");
    put_text(option->name, strlen(option->name));
    if (option->arg) {
        putchar('=');
        put_text(option->arg, strlen(option->arg));
    }
    putchar('\n');
    put_line(option->doc);
}

static void put_options(const struct argp_option *option) {
    for (; option && (option->name || option->key); option++)
        if (option->name && !(option->flags & OPTION_HIDDEN)) put_option(option);
}

/* "--output FILE", "-o FILE", "--quiet" ... */
static void put_option_words(const struct argp_option *option) {
    for (; option && (option->name || option->key); option++) {
        if (!option->name || option->flags & OPTION_HIDDEN) continue;
        const char *blank = option->arg ? " " : "", *arg = option->arg;
        printf("--%s%s%s\n", option->name, blank, arg ? arg : "");
        if (is_letter(option->key) && option->key != '?')
            printf("-%c%s%s\n", option->key, blank, arg ? arg : "");
    }
}

/* ---- a command ------------------------------------------------------------------- */

/* `name` is "sahel run". */
static void put_page(const struct argp *argp, const char *name) {
    const char *word = strrchr(name, ' ') + 1, *later = strchr(argp->doc, '\v');
    const struct sah_command *command = sah_command_find(word);
    put_head(word);
    printf("sahel\\-%s \\- ", word);
    put_line(command ? command->summary : "");
    printf(".SH SYNOPSIS\n.B sahel %s\n[OPTION...] ", word);
    put_line(argp->args_doc);
    fputs(".SH DESCRIPTION\n", stdout);
    put_text(argp->doc, later ? (size_t)(later - argp->doc) : strlen(argp->doc));
    putchar('\n');
    put_paragraphs(later ? later + 1 : NULL, false);
    fputs(".SH OPTIONS\n", stdout);
    put_options(argp->options);
    put_options(everywhere);
    put_paragraphs(later ? later + 1 : NULL, true);
    fputs(".SH SEE ALSO\n.BR sahel (1)\n", stdout);
}

bool sah_describe_command(const struct argp *argp, int argc, char **argv) {
    if (argc != 2) return false;
    if (strcmp(argv[1], SAH_TELL_MAN) == 0) {
        put_page(argp, argv[0]);
        return true;
    }
    if (strcmp(argv[1], SAH_TELL_WORDS) != 0) return false;
    put_option_words(argp->options);
    put_option_words(everywhere);
    printf("%s\n", argp->args_doc);
    return true;
}

/* ---- the program ----------------------------------------------------------------- */

void sah_describe_words(void) {
    for (const struct sah_command *c = sah_commands; c->name; c++) puts(c->name);
}

void sah_describe_program(void) {
    put_head("");
    fputs("sahel \\- how an insurgency expands over the Sahel, and what others do "
          "about it\n"
          ".SH SYNOPSIS\n.B sahel\nCOMMAND [OPTION...] [ARGUMENT...]\n"
          ".SH DESCRIPTION\n"
          "An open simulator of how an insurgency expands over the Sahel, and of what "
          "states, foreign forces and communities do about it. A scenario says what is "
          "asked, a run keeps what came of it in one self\\-describing file.\n"
          ".SH COMMANDS\n",
          stdout);
    for (const struct sah_command *c = sah_commands; c->name; c++) {
        printf(".TP\n.BR sahel\\-%s (1)\n", c->name);
        put_line(c->summary);
    }
    fputs(".SH ENVIRONMENT\n", stdout);
    for (const struct sah_environment *e = sah_environment; e->name; e++) {
        printf(".TP\n.B %s\n", e->name);
        put_line(e->doc);
    }
    fputs(".SH FILES\nA scenario that is not found from where one stands is looked for "
          "in the folder that came with the program:\n.PP\n.nf\n",
          stdout);
    fputs("share/sahel/scenarios/sahel/     scenarios to run and to lay others upon\n"
          "share/sahel/scenarios/geography/ the land, and where it comes from\n.fi\n"
          ".PP\nbeside the program, or below SAHEL_DATA; \\(aqsahel \\-\\-version\\(aq "
          "tells which.\n.SH EXIT STATUS\n",
          stdout);
    put_line(sah_exit_doc);
    fputs(".SH EXAMPLES\n.nf\n"
          "sahel check scenarios/sahel/base.yaml\n"
          "sahel run scenarios/sahel/base.yaml \\-o run.h5 \\-\\-maps maps\n"
          "sahel info run.h5\n.fi\n",
          stdout);
}
