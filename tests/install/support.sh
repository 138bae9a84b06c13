# What the tests of an installed tree share; read with `.`.
set -eu
fail() {
    echo "failed: $*" >&2
    exit 1
}
# An empty folder to work in, taken away at the end.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
short="--set run.end=2016-01-31 --set run.people_per_agent=1000"
