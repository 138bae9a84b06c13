#!/usr/bin/env python3
"""Writes the tables of docs/signatures.md anew, from what `sahel signatures` printed.

    for f in tests/signatures/[0-9]*.yaml; do
        sahel signatures $f > out/box/$(basename $f .yaml).txt
        sahel signatures $f --scenario scenarios/sahel/coarse.yaml --replicates 6 > out/base/$(basename $f .yaml).txt
    done
    python3 docs/signatures.py out/box out/base
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


def table(folder):
    yield "| no. | contrast | measure | unit | effect (95 %) | z | pairs | expected | |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for path in sorted(folder.glob("[0-9]*.txt")):
        for row in rows(path):
            name, contrast, measure, unit, effect, low, high, *z, pairs, expected, verdict = row
            verdict = "pass" if verdict == "pass" else "**miss**"
            yield (f"| {path.name[:2]} {name} | {contrast} | {measure} | {unit} | {effect} ({low} .. {high})"
                   f" | {' '.join(z)} | {pairs} | {expected} | {verdict} |")


def lay(text, place, folder):
    begin, end = f"<!-- {place}: written by docs/signatures.py -->", f"<!-- end of {place} -->"
    head, rest = text.split(begin)
    body = "\n".join(table(pathlib.Path(folder)))
    return f"{head}{begin}\n{body}\n{end}{rest.split(end)[1]}"


def main():
    text = PAGE.read_text(encoding="utf-8")
    for place, folder in zip(PLACES, sys.argv[1:]):
        text = lay(text, place, folder)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
