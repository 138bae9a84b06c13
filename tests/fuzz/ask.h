/* The questions that the program asks of a result, for the targets of results. */
#ifndef SAH_TESTS_FUZZ_ASK_H
#define SAH_TESTS_FUZZ_ASK_H

/* Some of them by `which`, all in four turns: each opens the file anew. */
void fuzz_ask(const char *path, unsigned which);

#endif
