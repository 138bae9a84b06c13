#!/usr/bin/env python3
"""Measures this machine and writes the tables of docs/speed.md anew.

    python3 docs/speed.py build/release/sim/cli/sahel

Takes twenty minutes and 5 GB; nothing else should run meanwhile.
"""
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

PAGE = pathlib.Path(__file__).resolve().parent / "speed.md"
BASE = PAGE.parent.parent / "scenarios/sahel/base.yaml"
BEGIN, END = "<!-- {}: written by docs/speed.py -->", "<!-- end of {} -->"
AGENTS = [1e4, 1e5, 1e6, 1e7, 6.5e7]
PEOPLE = [1000, 100, 10, 1]
CELLS = [1, 0.5, 0.25, 0.1, 0.05]
MONTH, QUARTER = "2016-01-31", "2016-03-31"
BOX = "[-13, 8, 16, 26]"  # a whole number of cells of any of these sizes
REPEATS = 3


def bench(*words):
    text = subprocess.run([sys.argv[1], "bench", "--json", *map(str, words)], check=True,
                          capture_output=True, text=True).stdout
    return json.loads(text)


def medians(*words):
    """Rows of one bench, each with the median time of several calls."""
    calls = [bench(*words) for _ in range(REPEATS)]
    for rows in zip(*calls):
        yield sorted(rows, key=lambda row: row["seconds"] / row["steps"])[REPEATS // 2]


LARGE = 1e6  # from here on what a call costs by itself no longer counts


def exponent(x, y):
    """Slope of a straight line through the logarithms, by least squares."""
    x, y = [math.log(v) for v in x], [math.log(v) for v in y]
    slope, _ = statistics.linear_regression(x, y)
    return f"{slope:.2f}"


def nanoseconds(row):
    return 1e9 / row["agent_steps_per_second"]


def base_run(folder, end, cell=0.25, people=500, threads=1):
    path = pathlib.Path(folder) / "bench.yaml"
    path.write_text(f"base: {BASE}\nrun: {{end: {end}}}\ngrid: {{box: {BOX}, cell: {cell} deg}}\n")
    return bench("--model", "sahel", "--scenario", path, "--size", people, "--threads", threads)[0]


def days_alone(row):
    """Seconds of the days, without setting up and packing."""
    apart = ("setting up", "packing the result")
    return sum(p["seconds"] for p in row["phases"] if p["name"] not in apart)


def machine(_):
    name = next(line.split(":")[1].strip() for line in open("/proc/cpuinfo") if "model name" in line)
    yield f"{name}."
    yield ""
    yield "| | threads | a second |"
    yield "|---|---|---|"
    for row in medians("--model", "triad"):
        yield f"| triad, memory | {row['threads']} | {row['bytes_per_second'] / 1e9:.1f} GB |"
    for row in medians("--model", "rng"):
        yield f"| keyed random numbers | {row['threads']} | {row['agent_steps_per_second'] / 1e9:.2f} billion |"


def people(_):
    yield "| agents | state | threads | ns an agent and day | million agent-days a second | GB/s | memory, MB |"
    yield "|---|---|---|---|---|---|---|"
    kept = {}
    for size in AGENTS:
        for row in medians("--model", "sahel-community", "--size", size):
            kept.setdefault((row["state"], row["threads"]), []).append(row)
            yield (f"| {row['agents']:,} | {row['state']} | {row['threads']} | {nanoseconds(row):.2f}"
                   f" | {row['agent_steps_per_second'] / 1e6:.0f} | {row['bytes_per_second'] / 1e9:.1f}"
                   f" | {row['peak_bytes'] / 1e6:,.0f} |")
    yield ""
    for (state, threads), rows in kept.items():
        rows = [row for row in rows if row["agents"] >= LARGE]
        sizes = [row["agents"] for row in rows]
        yield (f"- {state}, {threads} thread{'s' * (threads > 1)}, from a million: time of a day grows as agents to the power "
               f"{exponent(sizes, [row['seconds'] / row['steps'] for row in rows])}, memory "
               f"{exponent(sizes, [row['peak_bytes'] for row in rows])}")


def runs(folder):
    yield "| people an agent | cell, degrees | agents | ms a day | ns an agent and day | setting up, s | memory, MB |"
    yield "|---|---|---|---|---|---|---|"
    series = {"people": [], "cells": []}
    todo = [("people", p, 0.25, MONTH) for p in PEOPLE] + [("cells", 500, c, QUARTER) for c in CELLS]
    for kind, per, cell, end in todo:
        row = base_run(folder, end, cell, per)
        series[kind].append((row["agents"], cell ** -2, days_alone(row) / row["steps"], row["peak_bytes"]))
        day = days_alone(row) / row["steps"]
        yield (f"| {per} | {cell} | {row['agents']:,} | {1e3 * day:.2f} | {1e9 * day / row['agents']:.1f}"
               f" | {row['phases'][0]['seconds']:.1f} | {row['peak_bytes'] / 1e6:,.0f} |")
    yield ""
    agents, _, seconds, memory = zip(*series["people"])
    yield (f"- more agents, same cells: time grows as agents to the power {exponent(agents, seconds)}, "
           f"memory {exponent(agents, memory)}")
    _, cells, seconds, memory = zip(*series["cells"])
    yield (f"- smaller cells: time grows as their number to the power {exponent(cells, seconds)}, "
           f"memory {exponent(cells, memory)}")


def threads(folder):
    one, two = (base_run(folder, "2020-12-31", threads=n) for n in (1, 2))
    yield "| phase | 1 thread, s | 2 threads, s | shared, of 1 thread | 64 threads, computed, s |"
    yield "|---|---|---|---|---|"
    total = [0, 0, 0]
    for a, b in zip(one["phases"], two["phases"]):
        ratio = b["seconds"] / a["seconds"] if a["seconds"] else 1
        shared = min(1, max(0, 2 * (1 - ratio)))
        many = a["seconds"] * (1 - shared + shared / 64)
        total = [total[0] + a["seconds"], total[1] + b["seconds"], total[2] + many]
        yield f"| {a['name']} | {a['seconds']:.3f} | {b['seconds']:.3f} | {shared:.0%} | {many:.3f} |"
    yield f"| all | {total[0]:.2f} | {total[1]:.2f} | | {total[2]:.2f} |"


def classics(_):
    yield "| model | size | order | threads | million agent-steps a second | ns an agent-step | bytes an agent |"
    yield "|---|---|---|---|---|---|---|"
    for size in (40, 1000, 3000):
        words = "--model", "epstein", "--size", size
        for row in medians(*words) if size < 3000 else bench(*words, "--threads", os.cpu_count()):
            yield (f"| epstein | {size} x {size} | {row['state']} | {row['threads']}"
                   f" | {row['agent_steps_per_second'] / 1e6:.1f} | {nanoseconds(row):.0f}"
                   f" | {row['bytes_per_agent']:.1f} |")


TABLES = [machine, people, runs, threads, classics]


def main():
    chosen = sys.argv[2:] or [table.__name__ for table in TABLES]
    with tempfile.TemporaryDirectory() as folder:
        for table in TABLES:
            name = table.__name__
            if name not in chosen:
                continue
            body = "\n".join(table(folder))
            text = PAGE.read_text(encoding="utf-8")
            head, rest = text.split(BEGIN.format(name))
            tail = rest.split(END.format(name))[1]
            PAGE.write_text(f"{head}{BEGIN.format(name)}\n{body}\n{END.format(name)}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
