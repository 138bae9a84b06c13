/* The program `sahel`: finds the command, lets it work, sees the output off. */
#include "sim/cli/commands.h"
#include "sim/cli/patience.h"
#include "sim/cli/say.h"
#include "sim/cli/version.h"
#include "sim/kernel/isa.h"

#include <errno.h>
#include <gsl/gsl_errno.h>
#include <locale.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A misspelt SAHEL_ISA would otherwise measure and compare something else. */
static int check_isa(void) {
    const char *asked = getenv("SAHEL_ISA");
    enum sah_isa isa;
    if (!asked || !*asked || sah_isa_parse(asked, &isa)) return 0;
    fprintf(stderr, "sahel: SAHEL_ISA = %s: must be one of", asked);
    for (int i = 0; i < SAH_ISA_COUNT; i++)
        fprintf(stderr, "%s %s", i ? "," : "", sah_isa_name((enum sah_isa)i));
    fputs("\n", stderr);
    return SAH_EXIT_USAGE;
}

static int refuse_command(const char *name) {
    const char *near = *name == '-' ? NULL : sah_command_near(name);
    fprintf(stderr, "sahel: no such %s: %s%s%s%s\nTry 'sahel help'.\n",
            *name == '-' ? "option" : "command", name, near ? "; did you mean " : "",
            near ? near : "", near ? "?" : "");
    return SAH_EXIT_USAGE;
}

static int dispatch(int argc, char **argv) {
    if (argc < 2) {
        sah_command_list(stderr);
        return SAH_EXIT_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
        sah_print_version(stdout);
        return 0;
    }
    bool help = strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 ||
                strcmp(name, "-?") == 0;
    const struct sah_command *command = sah_command_find(help ? "help" : name);
    if (!command) return refuse_command(name);
    return sah_command_call(command, argc - 1, argv + 1);
}

/* A full disk behind standard output is a failure too. */
static int close_output(int status) {
    bool bad = ferror(stdout) != 0;
    if (fflush(stdout) == 0 && !bad) return status;
    fprintf(stderr, "sahel: standard output cannot be written: %s\n", strerror(errno));
    return SAH_EXIT_FAILED;
}

/* Before all else, as the program may start again; that takes some 20 ms, which those
 * that only tell or draw something can do without. */
static void wait_patiently(int argc, char **argv) {
    const struct sah_command *command = argc > 1 ? sah_command_find(argv[1]) : NULL;
    if (command && command->threads) sah_wait_patiently(argv);
}

int main(int argc, char **argv) {
    wait_patiently(argc, argv);
    setlocale(LC_CTYPE, "");
    signal(SIGXFSZ, SIG_IGN);    /* a limit on files then reads like a full disk */
    gsl_set_error_handler_off(); /* it would abort; our errors speak instead */
    int status = check_isa();
    if (!status) status = dispatch(argc, argv);
    return close_output(status);
}
