# Every command has a page; groff has nothing to complain of.
. tests/install/support.sh
pages=$PREFIX/share/man/man1
"$PREFIX/bin/sahel" help --words >"$work/commands"
[ -s "$work/commands" ] || fail "no commands"
while read -r command; do
    [ -s "$pages/sahel-$command.1" ] || fail "no page sahel-$command(1)"
    grep -q "^.BR sahel..$command (1)" "$pages/sahel.1" || fail "sahel(1) omits $command"
done <"$work/commands"

command -v groff >/dev/null || { echo "groff is not here: not read"; exit 0; }
for page in "$pages"/*.1; do
    groff -man -Tutf8 -P-cbou -ww -b "$page" >"$work/page" 2>"$work/complaints"
    [ ! -s "$work/complaints" ] || fail "$page: $(cat "$work/complaints")"
    for section in NAME SYNOPSIS DESCRIPTION EXAMPLES; do
        grep -q "$section" "$work/page" || fail "$page: no section $section"
    done
done
# what --help tells, the page tells
"$PREFIX/bin/sahel" run --help | grep -o '^ .*--[a-z-]*' | sed 's/.*--//' |
    while read -r option; do
        tr -d '\\' <"$pages/sahel-run.1" | grep -q -e "--$option" ||
            fail "sahel-run(1) omits --$option"
    done
