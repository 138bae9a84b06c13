# What bash offers after the first letters.
. tests/install/support.sh
. "$PREFIX/share/bash-completion/completions/sahel"
compopt() { :; } # only at a prompt
cd "$work"
touch one.yaml run.h5 notes.txt
mkdir folder

# offer <words ...>: completes the last one; what it finds, sorted
offer() {
    COMP_WORDS=("$PREFIX/bin/sahel" "$@")
    COMP_CWORD=$#
    _sahel "${COMP_WORDS[0]}" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    printf '%s\n' "${COMPREPLY[@]}" | sort | xargs
}
expect() {
    local wanted=$1 got
    shift
    got=$(offer "$@")
    [ "$got" = "$wanted" ] || fail "sahel $*: '$got' instead of '$wanted'"
}

expect "schedule" sch
expect "diff digest" di
expect "--maps" run --ma
expect "--quiet" digest --q
expect "folder one.yaml" run ""
expect "run.h5" info r
expect "folder" run --maps f
expect "folder notes.txt one.yaml run.h5" run -o ""
expect "run.h5" run --output = r
expect "json" run --log ""
expect "schedule" help sch
expect "" nonsense ""
