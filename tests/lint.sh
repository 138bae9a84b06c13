#!/bin/sh
# clang-tidy and cppcheck over all sources; any finding fails. What is not asked, and why,
# stands in .clang-tidy and .cppcheck-suppressions.
#
#   tests/lint.sh BUILD [clang-tidy|cppcheck]      both, unless one is named
set -eu
cd "$(dirname "$0")/.."
build=${1:?usage: tests/lint.sh BUILD [clang-tidy|cppcheck]}
only=${2:-}
jobs=$(nproc)

tidy() {
    find sim models output -name '*.c' | sort |
        xargs -P "$jobs" -n 1 clang-tidy-14 -p "$build" --quiet --warnings-as-errors='*'
}

check() {
    cppcheck --quiet -j "$jobs" --std=c11 --inline-suppr --error-exitcode=1 \
        --enable=warning,style,performance,portability \
        --suppressions-list=.cppcheck-suppressions \
        -I . -I "$build/generated" -D__x86_64__ sim models output
}

status=0
[ "$only" = cppcheck ] || tidy || status=1
[ "$only" = clang-tidy ] || check || status=1
exit $status
