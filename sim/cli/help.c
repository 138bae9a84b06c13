/* sahel help: the list of commands, or one of them explained. */
#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"

#include "sah_version.h"

static const struct argp_option rows[] = {SAH_OPTION_QUIET, {0}};

static error_t parse(int key, char *arg, struct argp_state *state) {
    return sah_options_key(state->input, key, arg, state);
}

static const struct argp argp = {
    .options = rows,
    .parser = parse,
    .args_doc = "[COMMAND]",
    .doc = "Explain a command, or list all of them."
           "\vExample:\n  sahel help run",
};

void sah_command_list(FILE *out) {
    fprintf(out,
            "sahel %s - how an insurgency expands over the Sahel, and what others do "
            "about it\n\n"
            "  sahel check scenarios/sahel/base.yaml\n"
            "  sahel run   scenarios/sahel/base.yaml -o run.h5 --maps maps\n"
            "  sahel info  run.h5\n\nCommands:\n",
            SAH_VERSION);
    for (const struct sah_command *c = sah_commands; c->name; c++)
        fprintf(out, "  %-9s %s\n", c->name, c->summary);
    fputs(
        "\n'sahel help COMMAND' or 'sahel COMMAND --help' explains one of them.\n"
        "'sahel --version' tells what this program is made of.\n\n"
        "Exit status: 0 done; 1 the answer is no; 2 the request is wrong, nothing was "
        "done;\n3 the work failed; 130 and 143 stopped by SIGINT and SIGTERM.\n",
        out);
}

int sah_cli_help(int argc, char **argv) {
    struct sah_options options = {.least = 0, .most = 1};
    sah_options_parse(&argp, argc, argv, &options);
    const char *name = options.argument[0];
    if (!name) {
        sah_command_list(stdout);
        return 0;
    }
    const struct sah_command *command = sah_command_find(name);
    if (!command) {
        const char *near = sah_command_near(name);
        fprintf(stderr, "sahel help: no such command: %s%s%s%s\n", name,
                near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
        return SAH_EXIT_USAGE;
    }
    char help[] = "--help", *arguments[] = {help, help, NULL};
    return sah_command_call(command, 2, arguments);
}
