"""Tables in, tables out: CSV rows checked cell by cell, all faults told at once.

A column is declared by a check: a function from text to value that raises ValueError
with what would be right. A row remembers where it came from, so that a later step
(an unknown region, an unknown town) can still name file and line.
"""
import csv
import math
import os


class Row(dict):
    """One input row: values by column, plus the place it was read from."""

    def __init__(self, values, where):
        super().__init__(values)
        self.where = where


class Faults:
    """What is wrong with the input, collected until somebody stops the build."""

    def __init__(self):
        self.messages = []

    def add(self, where, message):
        self.messages.append(f"{where}: {message}")


def text(value):
    if not value.strip():
        raise ValueError("must not be empty")
    return value.strip()


def any_text(value):
    return value.strip()


def number(low, high):
    def check(value):
        try:
            found = float(value)
        except ValueError:
            raise ValueError(f"must be a number in {low:g}..{high:g}") from None
        if not (math.isfinite(found) and low <= found <= high):
            raise ValueError(f"must lie in {low:g}..{high:g}")
        return found
    return check


def whole(low, high):
    real = number(low, high)

    def check(value):
        found = real(value)
        if found != int(found):
            raise ValueError(f"must be a whole number in {low:g}..{high:g}")
        return int(found)
    return check


def choice(*names):
    def check(value):
        if value not in names:
            raise ValueError("must be one of " + ", ".join(names))
        return value
    return check


def flag(value):
    return choice("0", "1")(value) == "1"


LON = number(-180, 180)
LAT = number(-90, 90)


def read(folder, name, columns, faults):
    """Rows of folder/name with the named columns checked; other columns are ignored."""
    path = os.path.join(folder, name)
    try:
        with open(path, encoding="utf-8", newline="") as stream:
            return list(_rows(stream, name, columns, faults))
    except OSError as error:
        faults.add(name, f"cannot be read: {error.strerror}")
    except UnicodeDecodeError:
        faults.add(name, "is not UTF-8 text")
    return []


def _rows(stream, name, columns, faults):
    reader = csv.reader(stream)
    header = None
    for cells in reader:
        where = f"{name}:{reader.line_num}"
        if not cells or (header is None and cells[0].startswith("#")):
            continue
        if header is None:
            header = cells
            missing = [c for c in columns if c not in header]
            if missing:
                faults.add(where, "header lacks " + ", ".join(missing))
                return
            continue
        if len(cells) != len(header):
            faults.add(where, f"{len(cells)} cells under {len(header)} headings")
            continue
        row = _checked(dict(zip(header, cells)), columns, where, faults)
        if row is not None:
            yield row


def _checked(cells, columns, where, faults):
    values, good = {}, True
    for column, check in columns.items():
        try:
            values[column] = check(cells[column])
        except ValueError as error:
            faults.add(where, f"{column} = {cells[column]!r}: {error}")
            good = False
    return Row(values, where) if good else None


def write(folder, name, about, columns, rows):
    """A table of our own: comment lines, header, rows of ready-made text."""
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as stream:
        for line in about:
            stream.write(f"# {line}\n")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def fixed(value, digits):
    """Shortest text of value at so many decimals: 0.500 -> 0.5, -0.0 -> 0."""
    short = f"{value:.{digits}f}"
    if "." in short:
        short = short.rstrip("0").rstrip(".")
    return "0" if short == "-0" else short
