/* sahel help: the list of commands, or one of them explained. */
#include "sim/cli/commands.h"
#include "sim/cli/describe.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"

#include "sah_version.h"

#include <string.h>

struct help {
    struct sah_options common;
    bool man, words;
};

static const struct sah_option rows[] = {
    {"man", 0, NULL, "Print the manual page, for man(1)", 1,
     SAH_FLAG(struct help, man)},
    {"words", 0, NULL, "List the words a shell may complete", 1,
     SAH_FLAG(struct help, words)},
    SAH_OPTION_QUIET,
    {0},
};

static const struct sah_usage usage = {
    .options = rows,
    .most = 1,
    .arguments = "[COMMAND]",
    .doc = "Explain a command, or list all of them."
           "\vExamples:\n  sahel help run\n  sahel help --man run | man -l -",
};

/* Commands come in parts: the first of each, and its title. */
static void put_title(const char *command, FILE *out) {
    static const struct {
        const char *first, *title;
    } part[] = {{"run", "To run"},
                {"check", "Scenarios and models"},
                {"info", "What a result holds"},
                {"map", "Pictures of it"},
                {"compare", "Experiments"},
                {"calibrate", "Beside what is on record"},
                {"flee", "Other models"},
                {"signatures", "This program"}};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        if (strcmp(part[i].first, command) == 0) fprintf(out, " %s\n", part[i].title);
}

void sah_command_list(FILE *out) {
    fprintf(out,
            "sahel %s - how an insurgency expands over the Sahel, and what others do "
            "about it\n\n"
            "  sahel check scenarios/sahel/base.yaml\n"
            "  sahel run   scenarios/sahel/base.yaml -o run.h5 --maps maps\n"
            "  sahel info  run.h5\n\nCommands:\n",
            SAH_VERSION);
    for (const struct sah_command *c = sah_commands; c->name; c++) {
        put_title(c->name, out);
        fprintf(out, "  %-10s  %s\n", c->name, c->summary);
    }
    fputs("\n'sahel help COMMAND' or 'sahel COMMAND --help' explains one of them.\n"
          "'sahel --version' tells what this program is made of.\n\nEnvironment:\n",
          out);
    for (const struct sah_environment *e = sah_environment; e->name; e++)
        fprintf(out, "  %-15s  %s\n", e->name, e->doc);
    fprintf(out, "\nExit status: %s\n", sah_exit_doc);
}

static void tell_all(const struct help *own) {
    if (own->man)
        sah_describe_program();
    else if (own->words)
        sah_describe_words();
    else
        sah_command_list(stdout);
}

static int refuse(const char *name) {
    const char *near = sah_command_near(name);
    fprintf(stderr, "sahel help: no such command: %s%s%s%s\n", name,
            near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    return SAH_EXIT_USAGE;
}

int sah_cli_help(int argc, char **argv) {
    static char man[] = SAH_TELL_MAN, words[] = SAH_TELL_WORDS, help[] = "--help";
    struct help own = {0};
    sah_options_parse(&usage, argc, argv, &own);
    const char *name = own.common.argument[0];
    if (!name) {
        tell_all(&own);
        return 0;
    }
    const struct sah_command *command = sah_command_find(name);
    if (!command) return refuse(name);
    char *how = own.man ? man : own.words ? words : help;
    char *arguments[] = {how, how, NULL};
    return sah_command_call(command, 2, arguments);
}
