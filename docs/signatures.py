#!/usr/bin/env python3
"""Writes the tables of docs/signatures.md anew, from what `sahel signatures` printed.

    for f in tests/signatures/[0-9]*.yaml; do
        sahel signatures $f > out/signatures/$(basename $f .yaml).txt
    done
    python3 docs/signatures.py out/signatures
"""
import pathlib
import re
import sys

PAGE = pathlib.Path(__file__).resolve().parent / "signatures.md"
BEGIN, END = "<!-- tables: written by docs/signatures.py -->", "<!-- end of tables -->"


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


def main():
    text = PAGE.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    body = "\n".join(table(pathlib.Path(sys.argv[1])))
    PAGE.write_text(f"{head}{BEGIN}\n{body}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
