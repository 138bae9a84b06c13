# The installed program finds what came with it: from anywhere, after a move, elsewhere.
. tests/install/support.sh
cp -a "$PREFIX" "$work/moved"
sahel=$work/moved/bin/sahel
mkdir "$work/here"
cd "$work/here"
unset SAHEL_DATA

run() {
    # shellcheck disable=SC2086 # several words
    "$sahel" run scenarios/sahel/base.yaml -o "$1" $short --quiet
    "$sahel" digest "$1" | sed 's/.* //'
}
told() {
    "$sahel" --version | sed -n 's/^ *data *//p'
}

here=$(cd "$work" && pwd -P)
[ "$(told)" = "$here/moved/share/sahel" ] || fail "data are sought in $(told)"
beside=$(run beside.h5)

mv "$work/moved/share/sahel" "$work/elsewhere"
if "$sahel" check scenarios/sahel/base.yaml 2>error; then fail "found what is away"; fi
grep -q "scenarios/sahel/base.yaml" error || fail "$(cat error)"
SAHEL_DATA=$work/elsewhere
export SAHEL_DATA
[ "$(told)" = "$work/elsewhere" ] || fail "SAHEL_DATA is not heard: $(told)"
[ "$(run elsewhere.h5)" = "$beside" ] || fail "another digest from SAHEL_DATA"

# a file of one's own of that name comes first
mkdir -p scenarios/sahel
echo "nonsense: 1" >scenarios/sahel/base.yaml
if "$sahel" check scenarios/sahel/base.yaml 2>error; then fail "own file passed by"; fi
grep -q "nonsense" error || fail "$(cat error)"
