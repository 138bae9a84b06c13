# Each installed header compiles alone, without a warning.
. tests/install/support.sh
cflags=$(PKG_CONFIG_PATH="$PREFIX/$LIBDIR/pkgconfig" pkg-config --cflags sahel)
cd "$PREFIX/include/sahel"
find . -name '*.h' | sed 's,^\./,,' | sort >"$work/headers"
[ -s "$work/headers" ] || fail "no headers"
while read -r header; do
    printf '#include "%s"\n#include "%s"\n' "$header" "$header" >"$work/alone.c"
    # shellcheck disable=SC2086 # several words
    "$CC" -std=c17 -Wall -Wextra -Werror -fsyntax-only $cflags "$work/alone.c" ||
        fail "$header does not compile alone"
done <"$work/headers"
