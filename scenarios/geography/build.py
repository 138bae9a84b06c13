#!/usr/bin/python3
"""Compiles the geography tables of sahel from open sources.

    build.py SOURCE_DIR [-o OUTPUT_DIR]

SOURCE_DIR holds the input tables; README.md says what they are and where they come
from. Without -o the tables are written beside this file. A bad input row is named by
file and line, all of them at once; then nothing is written and the exit status is 2.
"""
import argparse
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True

from builder import output                                      # noqa: E402
from builder.cells import build_cells, people_by_region         # noqa: E402
from builder.groups import build_mixes                          # noqa: E402
from builder.inputs import read_all                             # noqa: E402
from builder.lines import build_lines, build_roads              # noqa: E402
from builder.places import Gazetteer, build_places, useful      # noqa: E402
from builder.regions import THEATRE, build_regions              # noqa: E402
from builder.tables import Faults                               # noqa: E402

MIX_YEAR = 2015         # people that regional mixes are weighted by


class BadInput(Exception):
    """The input is faulty; the faults are already collected."""


def stop_if(faults):
    if faults.messages:
        raise BadInput


def with_cells(regions, cells):
    used = {cell.region.region for cell in cells}
    return {name: region for name, region in regions.items() if name in used}


def build(source_dir, output_dir, faults):
    tables = compile_tables(source_dir, faults)
    stop_if(faults)
    os.makedirs(output_dir, exist_ok=True)
    for write, content in tables:
        write(output_dir, content)


def compile_tables(source_dir, faults):
    """[(writer, content)] of every table, nothing written yet."""
    inputs = read_all(source_dir, faults)
    stop_if(faults)
    facts = inputs["facts"]
    regions = build_regions(inputs, faults)
    places = build_places(inputs, faults)
    gazetteer = Gazetteer(places)
    roads = build_roads(inputs, gazetteer, faults)
    bases = [(row, gazetteer.find(row["town"], THEATRE, row.where, faults))
             for row in facts["bases"]]
    stop_if(faults)
    cells = build_cells(inputs, regions, places, roads, faults)
    lines = build_lines(inputs, regions, roads)
    regions = with_cells(regions, cells)
    mixes = build_mixes(facts, regions, people_by_region(cells, MIX_YEAR), faults)
    return [(output.write_countries, facts["countries"]),
            (output.write_regions, list(regions.values())),
            (output.write_census, facts["census"]),
            (output.write_cells, cells),
            (output.write_places, useful(places, {place for _, place in bases})),
            (output.write_lines, lines),
            (output.write_gold, facts["gold"]),
            (output.write_protected, facts["protected"]),
            (output.write_groups, facts["groups"]),
            (output.write_ethnicity, mixes),
            (output.write_bases, bases)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("source_dir", metavar="SOURCE_DIR")
    parser.add_argument("-o", dest="output_dir", metavar="OUTPUT_DIR", default=HERE)
    args = parser.parse_args()
    faults = Faults()
    try:
        build(args.source_dir, args.output_dir, faults)
    except BadInput:
        for message in faults.messages:
            print(message, file=sys.stderr)
        count = len(faults.messages)
        plural = "s" if count > 1 else ""
        print(f"{count} error{plural}, nothing was written", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
