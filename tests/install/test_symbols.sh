# All that the libraries show begins with sah_; what compilers add, with __ or a dot.
. tests/install/support.sh
for library in "$PREFIX/$LIBDIR"/libsah*.a; do
    "$NM" -g --defined-only "$library" 2>/dev/null | awk 'NF == 3 { print $3 }' |
        sort >"$work/symbols"
    [ -s "$work/symbols" ] || fail "$library shows nothing"
    if grep -vE '^(sah_|__|\.)' "$work/symbols"; then fail "$library shows the above"; fi
    uniq -d "$work/symbols" | grep '^sah_' && fail "$library has the above twice"
    echo "$(basename "$library"): $(wc -l <"$work/symbols") symbols"
done
for library in "$PREFIX/$LIBDIR"/libsahel.so; do
    [ -e "$library" ] || continue
    "$NM" -D --defined-only "$library" | awk '{ print $3 }' >"$work/symbols"
    if grep -vE '^(sah_|__|\.)' "$work/symbols"; then fail "$library shows the above"; fi
done
