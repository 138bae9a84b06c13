#!/usr/bin/env python3
"""Writes the tables of docs/signatures.md anew, from what `sahel signatures` printed.

    for f in tests/signatures/[0-9]*.yaml; do
        sahel signatures $f > out/box/$(basename $f .yaml).txt
        sahel signatures $f --seed 2 > out/box2/$(basename $f .yaml).txt
        sahel signatures $f --scenario scenarios/sahel/coarse.yaml --replicates 6 > out/base/$(basename $f .yaml).txt
    done
    python3 docs/signatures.py out/box out/base out/box2

Folders behind the second are of the box with other seeds, told beside the first.
"""
import pathlib
import re
import sys

PAGE = pathlib.Path(__file__).resolve().parent / "signatures.md"
PLACES = ("box", "base")  # where each table stands, between two marks


def rows(path):
    """The columns of a printed table; they stand two blanks or more apart."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [re.split(r" {2,}", re.sub(r" (pass|miss)$", r"  \1", line)) for line in lines]


def told(row):
    """Its z, or its mean where it is a level; bold where it misses."""
    effect, *z = row[4], *row[7:-3]
    short = f"{float(z[0] if z else effect):.3g}"
    return short if row[-1] == "pass" else f"**{short}**"


def others(path, folders):
    """For each row of a table what other seeds say of it."""
    same = [rows(folder / path.name) for folder in folders]
    for row, *twins in zip(rows(path), *same, strict=True):
        assert all(twin[:4] == row[:4] for twin in twins), f"{path.name}: other rows"
        yield ", ".join(map(told, twins))


def table(folder, elsewhere):
    head = " other seeds |" if elsewhere else ""
    yield f"| no. | contrast | measure | unit | effect (95 %) | z | pairs | expected | |{head}"
    yield "|---|---|---|---|---|---|---|---|---|" + ("---|" if elsewhere else "")
    for path in sorted(folder.glob("[0-9]*.txt")):
        for row, other in zip(rows(path), others(path, elsewhere)):
            name, contrast, measure, unit, effect, low, high, *z, pairs, expected, verdict = row
            verdict = "pass" if verdict == "pass" else "**miss**"
            yield (f"| {path.name[:2]} {name} | {contrast} | {measure} | {unit} | {effect} ({low} .. {high})"
                   f" | {' '.join(z)} | {pairs} | {expected} | {verdict} |" + (f" {other} |" if elsewhere else ""))


def lay(text, place, folder, elsewhere):
    begin, end = f"<!-- {place}: written by docs/signatures.py -->", f"<!-- end of {place} -->"
    head, rest = text.split(begin)
    body = "\n".join(table(folder, elsewhere))
    return f"{head}{begin}\n{body}\n{end}{rest.split(end)[1]}"


def main():
    text = PAGE.read_text(encoding="utf-8")
    folders = [pathlib.Path(word) for word in sys.argv[1:]]
    for place, folder in zip(PLACES, folders):
        text = lay(text, place, folder, folders[len(PLACES):] if place == "box" else [])
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
