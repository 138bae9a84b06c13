# A program of somebody else, with a mechanism of its own, built by pkg-config and by
# find_package. Switched off, its mechanism changes nothing; switched on, it does.
. tests/install/support.sh
source=$PWD/tests/install/consumer
scenario=$PREFIX/share/sahel/scenarios/sahel/base.yaml
PKG_CONFIG_PATH=$PREFIX/$LIBDIR/pkgconfig
export PKG_CONFIG_PATH

# shellcheck disable=SC2086,SC2046 # several words
"$CC" -O2 $CFLAGS "$source/fading.c" $(pkg-config --cflags --libs sahel) \
    -o "$work/by_pkg_config" || fail "not built by pkg-config"

"$CMAKE" -S "$source" -B "$work/cmake" -DCMAKE_PREFIX_PATH="$PREFIX" \
    -DCMAKE_BUILD_TYPE=Release >"$work/log" 2>&1 &&
    "$CMAKE" --build "$work/cmake" >>"$work/log" 2>&1 ||
    fail "not built by find_package: $(cat "$work/log")"
grep -q "^sahel_DIR:PATH=$PREFIX/" "$work/cmake/CMakeCache.txt" || fail "another sahel"
cp "$work/cmake/fading" "$work/by_find_package"

programs="by_pkg_config by_find_package"
if pkg-config --exists sahel-shared; then
    # shellcheck disable=SC2086,SC2046 # several words
    "$CC" -O2 $CFLAGS "$source/fading.c" $(pkg-config --cflags --libs sahel-shared) \
        -Wl,-rpath,"$PREFIX/$LIBDIR" -o "$work/shared" || fail "not built shared"
    programs="$programs shared"
fi

# shellcheck disable=SC2086 # several words
"$PREFIX/bin/sahel" run "$scenario" -o "$work/run.h5" $short --quiet
plain=$("$PREFIX/bin/sahel" digest "$work/run.h5" | sed 's/.* //')
for program in $programs; do
    off=$("$work/$program" "$scenario" off)
    on=$("$work/$program" "$scenario" on)
    echo "$program: off $off, on $on"
    [ "$off" = "$plain" ] || fail "$program: off is not $plain"
    [ "$on" != "$off" ] || fail "$program: on changes nothing"
done
