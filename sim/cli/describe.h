/* Commands and options told from their tables to other readers than people: as pages for
 * man(1), as words for the shell that completes them. */
#ifndef SAH_CLI_DESCRIBE_H
#define SAH_CLI_DESCRIBE_H
#include <argp.h>
#include <stdbool.h>

/* What `sahel help` says to a command to have it told. */
#define SAH_TELL_MAN   "--tell-man"
#define SAH_TELL_WORDS "--tell-words"

/* Answers these two; false, and nothing printed, for any other command line. */
bool sah_describe_command(const struct argp *argp, int argc, char **argv);

/* The page of the program; its commands, one a line. */
void sah_describe_program(void);
void sah_describe_words(void);

/* What the environment may say: names and sentences; ends without name. */
struct sah_environment {
    const char *name, *doc;
};
extern const struct sah_environment sah_environment[];
extern const char sah_exit_doc[]; /* two lines */

#endif
