#!/usr/bin/env python3
"""Runs the lessons as their pages say, and compares what comes with what is told there.

    SAHEL=build/release/sim/cli/sahel docs/lessons/lessons.py [--write] [NUMBER ...]

Each page holds the command of a comparison, a table of measures that says which way each
goes (up, down, either, none), and the digest of the scenario that students run themselves. A way is
shown where the 95 % interval lies on that side of zero. `--write` fills the other columns
of the tables, and the digests, anew."""
import csv
import io
import math
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COMMAND = re.compile(r"^    (sahel compare (?:.*\\\n)*.*)$", re.M)
ROW = re.compile(r"^\| (?P<name>[^|]+) \| (?P<way>up|down|either|none) \|.*$", re.M)
DIGEST = re.compile(r"^    sahel run (?P<scenario>\S+) -o \S+\n    sahel digest \S+ +# (?P<digest>\S+)$", re.M)


def sahel(*arguments):
    program = os.environ.get("SAHEL", "sahel")
    done = subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=1200)
    if done.returncode:
        sys.exit(f"sahel {' '.join(arguments)}\n{done.stderr}")
    return done.stdout


def without_target(words):
    """The command as given, but for the file that it writes."""
    at = words.index("-o")
    return words[:at] + words[at + 2:]


def compare(page):
    command = COMMAND.search(page).group(1).replace("\\\n", " ")
    words = without_target(shlex.split(command))[1:]
    return {row["measure"]: row for row in csv.DictReader(io.StringIO(sahel(*words, "--csv", "-q")))}


def goes(row):
    low, high = float(row["low"]), float(row["high"])
    return "up" if low > 0 else "down" if high < 0 else "none" if low == high == 0 else "either"


def short(text):
    """Three digits that count."""
    x = float(text)
    if x == 0 or not math.isfinite(x):
        return f"{x:g}"
    digits = max(0, 2 - math.floor(math.log10(abs(x))))
    return f"{round(x, 2 - math.floor(math.log10(abs(x)))):,.{digits}f}"


def told(match, rows):
    row = rows[match["name"]]
    numbers = [short(row[key]) for key in ("a", "b", "effect", "low", "high")]
    return "| {} | {} | {} | {} | {} ({} .. {}) |".format(match["name"], match["way"], *numbers)


def digest_of(scenario):
    with tempfile.TemporaryDirectory() as folder:
        target = f"{folder}/run.h5"
        sahel("run", scenario, "-o", target, "-q")
        return sahel("digest", target).split()[-1]


def check(path, write):
    """Mistakes of one page."""
    page = path.read_text(encoding="utf-8")
    rows = compare(page)
    wanted = list(ROW.finditer(page))
    mistakes = [] if wanted else [f"{path.name}: no table of measures"]
    for match in wanted:
        row = rows.get(match["name"])
        if not row:
            mistakes.append(f"{path.name}: {match['name']}: the comparison has no such measure")
        elif match["way"] != "either" and goes(row) != match["way"]:
            mistakes.append(f"{path.name}: {match['name']} goes {goes(row)}, told is {match['way']}: {row}")
    run = DIGEST.search(page)
    digest = digest_of(run["scenario"])
    if write and not mistakes:
        page = ROW.sub(lambda match: told(match, rows), page)
        path.write_text(page.replace(f"# {run['digest']}\n", f"# {digest}\n"), encoding="utf-8")
    elif digest != run["digest"]:
        mistakes.append(f"{path.name}: {run['scenario']} has digest {digest}; told is {run['digest']}")
    return mistakes


def main():
    write = "--write" in sys.argv
    numbers = [a for a in sys.argv[1:] if a[0] != "-"]
    pages = [p for p in sorted(HERE.glob("[0-9]*.md")) if not numbers or p.name[:2] in numbers]
    mistakes = [mistake for page in pages for mistake in check(page, write)]
    print(*mistakes, sep="\n", end="\n" if mistakes else "")
    print(f"{len(pages)} lessons, {len(mistakes)} mistakes")
    sys.exit(bool(mistakes) or not pages)


if __name__ == "__main__":
    main()
