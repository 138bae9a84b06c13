# Writes FILE as a C array NAME of bytes, ended by a zero, and its length: cmake -P, with
# FILE, NAME and TO.
file(READ ${FILE} bytes HEX)
string(LENGTH "${bytes}" digits)
math(EXPR length "${digits} / 2")
string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE ${TO} "/* Made from a file at build time. */
#include <stddef.h>
extern const unsigned char ${NAME}[];
extern const size_t ${NAME}_length;
const unsigned char ${NAME}[] = {
${bytes}0};
const size_t ${NAME}_length = ${length};
")
