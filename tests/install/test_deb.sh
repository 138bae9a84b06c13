# The Debian packages: made by CPack, installed on a clean system made by debootstrap,
# where the program runs a small scenario. Needs root and a mirror; takes minutes.
. tests/install/support.sh
build=$1
skip() {
    echo "skipped: $*"
    exit 77
}
[ "$(id -u)" = 0 ] || skip "only root can make a clean system"
for tool in debootstrap dpkg-shlibdeps cpack unshare; do
    command -v "$tool" >/dev/null || skip "$tool is not here"
done
# shellcheck source=/dev/null
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
[ -n "$suite" ] || skip "this system has no code name"
case $(nm -D "$build/sim/cli/sahel") in
*__asan_init* | *__tsan_init*) skip "built with a sanitizer" ;;
esac

(cd "$build" && cpack -G DEB -B "$work/packages") >"$work/log" 2>&1 ||
    fail "cpack: $(cat "$work/log")"
deb=$(find "$work/packages" -maxdepth 1 -name 'sahel_*.deb')
[ -f "$deb" ] || fail "no package: $(cat "$work/log")"
dpkg-deb --info "$deb"
dpkg-deb --field "$deb" Depends | grep -q libgsl || fail "its dependencies are not known"

root=$work/root
debootstrap --variant=minbase "$suite" "$root" >"$work/log" 2>&1 ||
    skip "no clean system can be made: $(tail -n 5 "$work/log")"

# Runs in the clean system; its mounts and processes end with it.
inside() {
    unshare --mount --pid --fork --mount-proc="$root/proc" \
        chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive sh -euc "$1"
}
cp "$deb" "$root/sahel.deb"
inside "apt-get update && apt-get install -y --no-install-recommends /sahel.deb" \
    >"$work/log" 2>&1 || fail "not installed: $(tail -n 20 "$work/log")"
inside "cd /tmp
    sahel --version
    sahel check scenarios/sahel/base.yaml
    sahel run scenarios/sahel/base.yaml -o run.h5 --maps maps $short --quiet
    sahel info run.h5
    ls maps" || fail "it does not run there"

# the same there as here
here=$work/here.h5
# shellcheck disable=SC2086 # several words
"$build/sim/cli/sahel" run scenarios/sahel/base.yaml -o "$here" $short --quiet
there=$(inside "sahel digest /tmp/run.h5" | sed 's/.* //')
here=$("$build/sim/cli/sahel" digest "$here" | sed 's/.* //')
[ "$here" = "$there" ] || fail "digest $there there, $here here"

# and who builds upon it needs no more than the other package asks for
cp "$work"/packages/libsahel-dev_*.deb "$root/libsahel-dev.deb"
cp -r tests/install/consumer "$root/tmp/consumer"
inside "apt-get install -y --no-install-recommends gcc libc6-dev pkg-config \
    /libsahel-dev.deb" >"$work/log" 2>&1 || fail "not installed: $(tail -n 20 "$work/log")"
inside 'cd /tmp/consumer
    gcc fading.c $(pkg-config --cflags --libs sahel) -o fading
    ./fading /usr/share/sahel/scenarios/sahel/base.yaml on' || fail "nothing builds there"

inside "dpkg --purge libsahel-dev sahel" >"$work/log" 2>&1 || fail "not removed: $(cat "$work/log")"
left=$(find "$root/usr" -path '*sahel*' -print)
[ -z "$left" ] || fail "left behind: $left"
