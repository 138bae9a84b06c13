/* Writes the result of the toy to the file named, for readers other than ours. */
#include "tests/output/toy.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    if (argc != 2) return EXIT_FAILURE;
    struct sah_error err = {0};
    struct toy toy;
    int status = toy_create(&toy, "2016-01-15", "2018-03-10", "{}", &err);
    if (!status) toy_lay_land(&toy);
    if (!status) status = toy_run(&toy, argv[1], true, &err);
    if (status && err.text) fputs(err.text, stderr);
    toy_free(&toy);
    sah_error_clear(&err);
    return status ? EXIT_FAILURE : EXIT_SUCCESS;
}
