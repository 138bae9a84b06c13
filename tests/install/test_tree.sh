# Installs the built tree; all that was promised lies where it belongs.
. tests/install/support.sh
build=$1
rm -rf "$PREFIX"
"$CMAKE" --install "$build" --prefix "$PREFIX" >"$work/log" || fail "$(cat "$work/log")"
for file in bin/sahel \
    "$LIBDIR/libsah_kernel.a" "$LIBDIR/libsah_models.a" "$LIBDIR/libsah_output.a" \
    "$LIBDIR/libsah_study.a" "$LIBDIR/pkgconfig/sahel.pc" \
    "$LIBDIR/cmake/sahel/sahel-config.cmake" include/sahel/sim/sah.h \
    include/sahel/models/sahel/world.h share/man/man1/sahel.1 \
    share/man/man1/sahel-run.1 share/bash-completion/completions/sahel \
    share/sahel/scenarios/sahel/base.yaml share/sahel/scenarios/geography/cells.csv \
    share/sahel/scenarios/sahel/cast.yaml share/sahel/scenarios/sahel/asks/no-merger.yaml \
    share/sahel/scenarios/outcomes/sahel.yaml share/man/man1/sahel-compare.1 \
    share/doc/sahel/copyright; do
    [ -s "$PREFIX/$file" ] || fail "$file is missing"
done
# the machine that built it is of no interest
if grep -rlF "$PWD" "$PREFIX/share" "$PREFIX/include" "$PREFIX/$LIBDIR/cmake" \
    "$PREFIX/$LIBDIR/pkgconfig"; then
    fail "these files name the folder they were built in"
fi
