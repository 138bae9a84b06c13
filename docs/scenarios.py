#!/usr/bin/env python3
"""Writes the answers of docs/scenarios.md anew: one comparison a question.

    SAHEL=build/release/sim/cli/sahel docs/scenarios.py [--replicates N] [--only WORD]

Needs nothing but Python. Runs from anywhere; takes half an hour of one processor.
"""
import argparse
import csv
import io
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/scenarios.md"
FOLDER = "scenarios/sahel"
COARSE = f"{FOLDER}/coarse.yaml"
SAHEL = os.environ.get("SAHEL", "sahel")
BEGIN, END = "<!-- answers: written by docs/scenarios.py -->", "<!-- end of answers -->"

WAITS = "*The table waits for its runs: the command below fills it.*\n\n"

# question, a, b
PAIRS = [
    ("One command?", "asks/no-joint-command", "article-2020"),
    ("220 more French soldiers?", "asks/france-no-more", "asks/france-220"),
    ("The 600 that came?", "asks/france-no-more", "article-2020"),
    ("France leaves as it did?", "asks/france-stays", "article-2020"),
    ("... within a month?", "asks/france-stays", "asks/france-leaves-sharply"),
    ("... over three years?", "asks/france-stays", "asks/france-leaves-in-steps"),
    ("The United States leaves?", "article-2020", "asks/us-leaves"),
    ("UN money for the joint force?", "article-2020", "asks/joint-force-un-funds"),
    ("... steady, but no more?", "article-2020", "asks/joint-force-steady"),
    ("Armoured vehicles, not training?", "asks/aid-to-training", "asks/aid-to-armour"),
    ("... not arms?", "asks/aid-to-arms", "asks/aid-to-armour"),
    ("Airlift to posts cut off?", "article-2020", "asks/airlift"),
    ("Villages armed?", "asks/no-volunteers", "article-2020"),
    ("Talks, foreign forces stay?", "asks/france-stays", "asks/talks"),
    ("Talks after withdrawal?", "asks/france-leaves-sharply", "asks/talks-after-withdrawal"),
    ("Less poverty?", "article-2020", "asks/less-poverty"),
    ("Less corruption?", "article-2020", "asks/less-corruption"),
    ("More schooling?", "article-2020", "asks/more-schooling"),
    ("Drought?", "article-2020", "asks/drought"),
    ("Gold twice as dear?", "article-2020", "asks/gold-price"),
    ("The merger of 2017?", "asks/no-merger", "base"),
    ("The rival?", "asks/no-rival", "base"),
    ("One ethnic base?", "base", "asks/one-ethnic-base"),
    ("Harsh armies?", "article-2020", "asks/harsh-armies"),
    ("Disciplined armies?", "article-2020", "asks/disciplined-armies"),
]
# column, measure
COLUMNS = [
    ("deaths", "deaths"),
    ("one-sided deaths", "one-sided deaths"),
    ("active cells", "active cells"),
    ("fighters at the end", "fighters at the end"),
    ("displaced at the end", "displaced people at the end"),
]


# last day: two years do for most; exits take four, what happened in 2017 three
SLOW = ("asks/france-stays", "asks/france-leaves-sharply")
UNTIL = {"article": "2021-12-31", "slow": "2023-12-31", "base": "2018-12-31"}


def until(a, b):
    if "base" in (a, b):
        return UNTIL["base"]
    return UNTIL["slow" if a in SLOW else "article"]


def path(name):
    return f"{FOLDER}/{name}.yaml"


def kept(a, b, asked):
    return asked.keep / f"{pathlib.Path(a).name}-{pathlib.Path(b).name}.csv"


def compare(a, b, asked, replicates, *more):
    """Rows by measure; taken from the folder of --keep where they lie there."""
    if asked.keep and kept(a, b, asked).exists():
        text = kept(a, b, asked).read_text()
    else:
        text = subprocess.run([SAHEL, "compare", path(a), path(b), "--replicates", str(replicates),
                               *more, "--csv", "--quiet"],
                              cwd=ROOT, text=True, stdout=subprocess.PIPE, check=True).stdout
        if asked.keep:
            kept(a, b, asked).write_text(text)
    return {row["measure"]: row for row in csv.DictReader(io.StringIO(text))}


def amount(number):
    return f"{number:,.0f}" if abs(number) >= 10 else f"{number:.2g}"


def percent(row):
    """Effect and interval against the mean of a; bold where it is surely not 0."""
    a, effect, low, high = (float(row[k]) for k in ("a", "effect", "low", "high"))
    if not a:
        return f"{amount(effect)} ({amount(low)} .. {amount(high)})"
    text = f"{100 * effect / a:+.0f} % ({100 * low / a:+.0f} .. {100 * high / a:+.0f})"
    return f"**{text}**" if low > 0 or high < 0 else text


def table(pairs, asked):
    lines = ["| question | a | b | until | " + " | ".join(name for name, _ in COLUMNS) + " | ratio |",
             "|---" * (len(COLUMNS) + 5) + "|"]
    for question, a, b in pairs:
        if asked.as_kept and not kept(a, b, asked).exists():
            lines.append(f"| {question} | `{pathlib.Path(a).name}` | `{pathlib.Path(b).name}` | {until(a, b)[:4]} | "
                         + "not run yet | " + " | ".join([""] * len(COLUMNS)) + " |")
            continue
        rows = compare(a, b, asked, asked.replicates, "--overlay", COARSE, "--set", "run.end=" + until(a, b))
        cells = [percent(rows[measure]) for _, measure in COLUMNS]
        lines.append(f"| {question} | `{pathlib.Path(a).name}` | `{pathlib.Path(b).name}` | {until(a, b)[:4]} | "
                     + " | ".join(cells) + f" | {float(rows['deaths']['variance_ratio']):.2f} |")
        print(lines[-1], flush=True)
    return lines


def coarseness(asked):
    lines = ["| outcome | fine | coarse | difference (95 %) |", "|---|---|---|---|"]
    if asked.as_kept and not kept("base", "coarse", asked).exists():
        return ["Not run yet."]
    rows = compare("base", "coarse", asked, asked.fine, "--set", "run.end=" + UNTIL["base"])
    for name in ["deaths", "deaths (MLI)", "deaths (BFA)", "deaths (NER)", "one-sided share of deaths",
                 "events", "recruits", "fighters at the end", "displaced people at the end",
                 "control at the end (MLI)", "control at the end (BFA)", "median hours of response"]:
        row = rows[name]
        lines.append(f"| {name} | {amount(float(row['a']))} | {amount(float(row['b']))} | {percent(row)} |")
    return lines


def main():
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("--replicates", type=int, default=5)
    words.add_argument("--fine", type=int, default=3, help="replicates of base against coarse")
    words.add_argument("--only", default="", help="print only questions with this word")
    words.add_argument("--keep", type=pathlib.Path, help="folder of answers, taken up again where they lie")
    words.add_argument("--as-kept", action="store_true", help="run nothing, tell what --keep holds")
    words.add_argument("--part", default="0/1", help="print only questions i, i + n ...: 0/4")
    asked = words.parse_args()
    first, step = map(int, asked.part.split("/"))
    if asked.keep:
        asked.keep.mkdir(exist_ok=True)
    pairs = [p for p in PAIRS if asked.only in " ".join(p)][first::step]
    lines = table(pairs, asked)
    if asked.only or step > 1:
        return
    text = [BEGIN, "", f"Coarse overlay, {asked.replicates} pairs, seed 1, to the end of the year told. Effects of b against a, in per cent of "
            "a, with 95 % intervals; **bold** where the interval does not hold 0. The last column is the variance "
            "ratio of deaths.", "", *lines, "",
            f"Coarse against fine, base scenario to 2018, {asked.fine} pairs, seed 1:", "",
            *coarseness(asked), "", END]
    page = PAGE.read_text()
    head, rest = page.split(BEGIN)
    if not asked.as_kept:
        head = head.replace(WAITS, "")
    PAGE.write_text(head + "\n".join(text) + rest.split(END)[1])


if __name__ == "__main__":
    main()
