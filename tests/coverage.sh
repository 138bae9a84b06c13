#!/bin/sh
# Runs the tests of a build with SAH_COVERAGE and prints which share of lines they ran, by
# folder and in all of sim/ and output/; fails below LEAST percent, or where a test does.
#
#   cmake --preset coverage && cmake --build --preset coverage --target coverage
#   tests/coverage.sh BUILD [ctest options]     `-N`: only counts what has been run
#
# A line of every file is in BUILD/coverage.txt. Needs gcovr. Left out: builds by other
# compilers, which count nothing here, and what is labelled slow.
set -eu
cd "$(dirname "$0")/.."
build=${1:?usage: tests/coverage.sh BUILD [ctest options]}
shift
least=${LEAST:-90}

status=0
ctest --test-dir "$build" -LE slow -E compilers "$@" >"$build/coverage.log" 2>&1 ||
    status=$?
tail -n 8 "$build/coverage.log"

gcovr --root . --filter sim/ --filter output/ --exclude-directories '.*other_compiler.*' \
    --csv "$build/coverage.csv" \
    --txt "$build/coverage.txt" "$build"

awk -F, -v least="$least" '
    NR > 1 && $2 > 0 {
        folder = $1
        sub("/[^/]*$", "", folder)
        lines[folder] += $2
        ran[folder] += $3
        part = $1
        sub("/.*", "", part)
        lines[part "/ (all)"] += $2
        ran[part "/ (all)"] += $3
        every += $2
        hit += $3
    }
    function row(name, ran, lines) {
        printf "%-14s %6d of %6d lines %6.1f %%\n", name, ran, lines,
               100 * ran / lines | "sort"
    }
    END {
        if (!every) { print "no line was counted"; exit 1 }
        for (name in lines) row(name, ran[name], lines[name])
        close("sort")
        row("total", hit, every)
        for (name in lines)
            if (name ~ /all/ && 100 * ran[name] < least * lines[name]) bad = bad " " name
        if (bad) { print "below " least " %:" bad; exit 1 }
    }' "$build/coverage.csv" || status=1
exit $status
