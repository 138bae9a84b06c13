#!/usr/bin/env python3
"""Runs the history on many seeds and lays it beside the record: the table of docs/history.md.

    SAHEL=build/release/sim/cli/sahel docs/history/run.py --seeds 20 [--jobs 2]
    SAHEL=...                         docs/history/run.py --seeds 5 --coarse --check

With --check nothing is written; exit status 1 unless every fact lies within a factor of ten of the record (a
latitude within three degrees) in most seeds. Needs h5py (Debian: python3-h5py).
"""
import argparse
import collections
import concurrent.futures
import csv
import datetime
import io
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

import h5py

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAGE = ROOT / "docs/history.md"
SAHEL = os.environ.get("SAHEL", "sahel")
END_OF_FIT = "2018-12-31"
BEGIN, END = "<!-- table: written by docs/history/run.py -->", "<!-- end of table -->"
EPOCH = datetime.date(1970, 1, 1)
COUNTRIES = ("MLI", "BFA", "NER")
FACTOR, DEGREES = 10, 3


def record():
    with open(HERE / "record.csv", encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {(row["fact"], row["country"], int(row["year"])): float(row["value"]) for row in rows}


def sahel(*words):
    return subprocess.run([SAHEL, *map(str, words)], cwd=ROOT, text=True, stdout=subprocess.PIPE, check=True).stdout


def events_of(path):
    """What the list of events would have recorded, by the predicate of the record."""
    for row in csv.DictReader(io.StringIO(sahel("events", path, "--log", "observed", "--csv"))):
        if int(row["deaths"]) >= 1 and row["country"] in COUNTRIES and float(row["lon"]) < 11:
            yield row


def facts_of(path):
    deaths, events, cells, lats = (collections.Counter() for _ in range(4))
    active = collections.defaultdict(set)
    for row in events_of(path):
        year, country = int(row["date"][:4]), row["country"]
        deaths[country, year] += int(row["deaths"])
        events["all", year] += 1
        cells[country, year] += 1
        lats[country, year] += float(row["lat"])
        active[year].add(row["gid"])
    for year in range(2012, int(END_OF_FIT[:4]) + 1):
        for country in COUNTRIES:
            yield ("deaths", country, year), deaths[country, year]
        yield ("events", "all", year), events["all", year]
        yield ("active cells", "all", year), len(active[year])
        if cells["MLI", year]:
            yield ("mean latitude", "MLI", year), lats["MLI", year] / cells["MLI", year]
    yield from displaced_of(path)


def displaced_of(path):
    with h5py.File(path) as file:
        series = file["series"]
        names = [name.decode() for name in series["country"][:]]
        for i, day in enumerate(series["time"][:]): # the last of a year remains
            year = (EPOCH + datetime.timedelta(days=int(day))).year
            for country in COUNTRIES:
                yield ("displaced", country, year), float(series["displaced_by_country"][i, names.index(country)])


def run(seed, coarse):
    name = "coarse-history" if coarse else "history-2012-2024"
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "run.h5"
        sahel("run", f"scenarios/sahel/{name}.yaml", "-o", path, "--set", f"run.seed={seed}", "--set",
              f"run.end={END_OF_FIT}", "--threads", 1, "--quiet")
        return dict(facts_of(path))


def near(fact, value, known):
    if fact == "mean latitude":
        return abs(value - known) <= DEGREES
    return known / FACTOR <= value <= known * FACTOR


def rows(runs):
    """Fact, record, median, 5 % and 95 % quantile, seeds near the record."""
    for key, known in record().items():
        values = sorted(one[key] for one in runs if key in one)
        low, high = values[int(0.05 * len(values))], values[-1 - int(0.05 * len(values))]
        yield key, known, statistics.median(values), low, high, sum(near(key[0], v, known) for v in values)


def text(value, fact):
    return f"{value:.1f}" if fact == "mean latitude" else f"{value:,.0f}"


def write(table, nseeds, coarse):
    lines = [BEGIN, "", f"{nseeds} seeds, {'coarse overlay' if coarse else 'the scenario as it is'}.", "",
             "| fact | country | year | record | median | 5 .. 95 % of seeds | seeds near |", "|---|---|---|---|---|---|---|"]
    for (fact, country, year), known, middle, low, high, n in table:
        lines.append(f"| {fact} | {country} | {year} | {text(known, fact)} | {text(middle, fact)} | {text(low, fact)} .. "
                     f"{text(high, fact)} | {n if 2 * n > nseeds else f'**{n}**'} |")
    head, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    PAGE.write_text(head + "\n".join([*lines, "", END]) + rest.split(END)[1], encoding="utf-8")


def main():
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("--seeds", type=int, default=20)
    words.add_argument("--jobs", type=int, default=os.cpu_count())
    words.add_argument("--coarse", action="store_true", help="the coarse overlay, in a third of the time")
    words.add_argument("--check", action="store_true", help="write nothing, judge")
    asked = words.parse_args()
    with concurrent.futures.ThreadPoolExecutor(asked.jobs) as pool:
        runs = list(pool.map(lambda seed: run(seed, asked.coarse), range(1, asked.seeds + 1)))
    table = list(rows(runs))
    far = [row for row in table if 2 * row[5] <= asked.seeds]
    for key, known, middle, *_, n in far:
        print(*key, f"record {known:g}, median {middle:g}, near in {n} of {asked.seeds} seeds")
    if asked.check:
        sys.exit(bool(far))
    write(table, asked.seeds, asked.coarse)


if __name__ == "__main__":
    main()
