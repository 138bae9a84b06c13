"""What the geography tests share: where the tables are, and how to read them."""
import csv
import os
import sys

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GEOGRAPHY = os.path.join(ROOT, "scenarios", "geography")
SOURCE = os.environ.get("SAH_SOURCE_DATA", os.path.join(ROOT, "..", "shared", "data"))
BUILD = os.path.join(GEOGRAPHY, "build.py")
TABLES = ("bases", "cells", "census", "countries", "ethnicity", "gold", "groups",
          "lines", "places", "protected", "regions")
sys.path.insert(0, GEOGRAPHY)


def path_of(table, folder=GEOGRAPHY):
    return os.path.join(folder, table + ".csv")


def rows_of(table):
    with open(path_of(table), encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(line for line in stream if not line.startswith("#")))


def no_builder():
    """Why the builder cannot be run here, or None."""
    try:
        import numpy    # noqa: F401
        import shapely  # noqa: F401
    except ImportError as error:
        return f"cannot build: {error}"
    return None


def no_source():
    """Why the tables cannot be rebuilt here, or None."""
    if not os.path.isdir(SOURCE):
        return f"no source data: {SOURCE} is absent (set SAH_SOURCE_DATA)"
    return no_builder()
