"""The builder: same bytes as committed, and bad rows named by file and line."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import support
from support import BUILD, SOURCE, TABLES, path_of


def build(source, output):
    return subprocess.run([sys.executable, BUILD, source, "-o", output],
                          capture_output=True, text=True, check=False)


class Folder(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = holder.name


@unittest.skipIf(support.no_source(), support.no_source())
class Rebuild(Folder):
    def test_gives_the_committed_bytes(self):
        done = build(SOURCE, self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(os.listdir(self.folder)), [t + ".csv" for t in TABLES])
        for table in TABLES:
            with open(path_of(table), "rb") as ours, \
                    open(path_of(table, self.folder), "rb") as new:
                self.assertEqual(ours.read(), new.read(), f"{table}.csv differs")


@unittest.skipIf(support.no_source(), support.no_source())
class BadSource(Folder):
    def spoil(self, name, line, old, new):
        """A line of a copied source file with old replaced by new."""
        path = os.path.join(self.folder, "source", name)
        with open(path, encoding="utf-8") as stream:
            lines = stream.readlines()
        self.assertIn(old, lines[line - 1])
        lines[line - 1] = lines[line - 1].replace(old, new, 1)
        with open(path, "w", encoding="utf-8") as stream:
            stream.writelines(lines)

    def test_all_bad_rows_are_named_and_nothing_is_written(self):
        source, output = (os.path.join(self.folder, n) for n in ("source", "output"))
        shutil.copytree(SOURCE, source, copy_function=shutil.copyfile)
        for folder, _, _ in os.walk(source):
            os.chmod(folder, 0o755)
        self.spoil("geonames-places/places.csv", 3, "Abidjan,CI", "Abidjan,CI,CI")
        self.spoil("natural-earth/rivers.csv", 5, ",", ",x")
        self.spoil("grid/quarter_degree_cells.csv", 2, "CMR", "")
        done = build(source, output)
        self.assertEqual(done.returncode, 2)
        for place in ("geonames-places/places.csv:3: ", "natural-earth/rivers.csv:5: ",
                      "grid/quarter_degree_cells.csv:2: "):
            self.assertIn(place, done.stderr)
        self.assertIn("3 errors, nothing was written", done.stderr)
        self.assertFalse(os.path.exists(output))


@unittest.skipIf(support.no_builder(), support.no_builder())
class NoSource(Folder):
    def test_every_missing_file_is_named(self):
        done = build(self.folder, os.path.join(self.folder, "output"))
        self.assertEqual(done.returncode, 2)
        for name in ("grid/quarter_degree_cells.csv", "natural-earth/lakes.csv"):
            self.assertIn(f"{name}: cannot be read: No such file", done.stderr)
        self.assertEqual(os.listdir(self.folder), [])


class BadRows(Folder):
    """The reader alone, on a small table."""

    def read(self, text):
        from builder import tables
        with open(os.path.join(self.folder, "t.csv"), "w", encoding="utf-8") as stream:
            stream.write(text)
        faults = tables.Faults()
        rows = tables.read(self.folder, "t.csv", {
            "name": tables.text, "lon": tables.LON,
            "people": tables.whole(0, 100)}, faults)
        return rows, faults.messages

    def test_good_rows_carry_their_line(self):
        rows, faults = self.read("# about\nname,lon,people,more\nGao,-0.04,7,x\n")
        self.assertEqual(faults, [])
        self.assertEqual(rows[0], {"name": "Gao", "lon": -0.04, "people": 7})
        self.assertEqual(rows[0].where, "t.csv:3")

    def test_each_fault_says_file_line_and_what_is_right(self):
        rows, faults = self.read("name,lon,people\nGao,181,7\n,0,7\nKidal,nan,x\n"
                                 "Dori,0\nDjibo,1,2.5\nSebba,1,2\n")
        self.assertEqual([row["name"] for row in rows], ["Sebba"])
        self.assertEqual(faults, [
            "t.csv:2: lon = '181': must lie in -180..180",
            "t.csv:3: name = '': must not be empty",
            "t.csv:4: lon = 'nan': must lie in -180..180",
            "t.csv:4: people = 'x': must be a number in 0..100",
            "t.csv:5: 2 cells under 3 headings",
            "t.csv:6: people = '2.5': must be a whole number in 0..100"])

    def test_a_lacking_column_is_named(self):
        _, faults = self.read("name,people\nGao,7\n")
        self.assertEqual(faults, ["t.csv:1: header lacks lon"])


class Scaling(unittest.TestCase):
    """People meet the census whatever the source says."""

    PAIRS = [(1000.0, 2500.0), (0.0, 0.0), (10.0, 12.0), (70000.0, 90000.0), (0.3, 0.9)]

    def test_one_and_two_years(self):
        from builder.people import region_total, scaled
        for census in ([(2019, 200000)], [(2009, 90000), (2022, 80000)]):
            result = scaled(self.PAIRS, census)
            for year, people in census:
                self.assertLess(abs(region_total(result, year) / people - 1), 0.005)

    def test_a_cell_is_settled_in_both_years_or_in_none(self):
        from builder.people import scaled
        for first, second in scaled(self.PAIRS, [(2019, 200000)]):
            self.assertEqual(first > 0, second > 0)

    def test_geometric_hits_its_ends(self):
        from builder.people import geometric
        self.assertEqual(geometric(100, 400, 2000), 100)
        self.assertEqual(geometric(100, 400, 2020), 400)
        self.assertAlmostEqual(geometric(100, 400, 2010), 200)
        self.assertEqual(geometric(0, 400, 2010), 0)


if __name__ == "__main__":
    unittest.main()
