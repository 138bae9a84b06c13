/* Writes the result of the toy to the file named, for readers other than ours; from and
 * to other days where they are given. */
#include "tests/output/toy.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    if (argc != 2 && argc != 4) return EXIT_FAILURE;
    struct sah_error err = {0};
    struct toy toy;
    const char *start = argc == 4 ? argv[2] : "2016-01-15";
    const char *end = argc == 4 ? argv[3] : "2018-03-10";
    int status = toy_create(&toy, start, end, "{}", &err);
    if (!status) toy_lay_land(&toy);
    if (!status) status = toy_run(&toy, argv[1], true, &err);
    if (status && err.text) fputs(err.text, stderr);
    toy_free(&toy);
    sah_error_clear(&err);
    return status ? EXIT_FAILURE : EXIT_SUCCESS;
}
