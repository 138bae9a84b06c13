"""The committed tables, as a scenario finds them: no source data needed."""
import math
import os
import unittest
from collections import Counter, defaultdict

from support import GEOGRAPHY, TABLES, path_of, rows_of

THEATRE = ("MLI", "BFA", "NER")
MOST_BYTES = 2_500_000


def people(cell, year):
    first, last = int(cell["people_2000"]), int(cell["people_2020"])
    t = (year - 2000) / 20
    return first ** (1 - t) * last ** t if first and last else 0.0


class Tables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.t = {name: rows_of(name) for name in TABLES}

    def unique(self, table, *columns):
        keys = Counter(tuple(row[c] for c in columns) for row in self.t[table])
        self.assertEqual([k for k, n in keys.items() if n > 1], [], table)

    def refers(self, table, column, target, key):
        known = {row[key] for row in self.t[target]}
        self.assertEqual({row[column] for row in self.t[table]} - known, set(),
                         f"{table}.{column}")

    def test_sizes(self):
        self.assertLess(sum(os.path.getsize(path_of(t)) for t in TABLES), MOST_BYTES)
        self.assertTrue(10000 < len(self.t["cells"]) < 12000)
        self.assertLessEqual(len(self.t["places"]), 400)
        self.assertLessEqual(len(self.t["groups"]), 24)

    def test_layout(self):
        for name in TABLES:
            with open(path_of(name), encoding="utf-8", newline="") as stream:
                text = stream.read()
            self.assertTrue(text.startswith("# "), name)
            self.assertNotIn("\r", text)
            lines = text.split("\n")
            top = next(i for i, line in enumerate(lines) if not line.startswith("#"))
            self.assertNotIn("#", "".join(lines[top:]), f"{name}: comments only on top")
            self.assertNotRegex(text, r"(?im)(^|,)(nan|inf|none)(,|$)")

    def test_ids_are_unique(self):
        self.unique("countries", "iso3")
        self.unique("regions", "region")
        self.unique("groups", "group")
        self.unique("cells", "lon", "lat")
        self.unique("places", "name", "iso3", "lon", "lat")
        self.unique("ethnicity", "region", "group")
        self.unique("bases", "name", "iso3", "kind")
        self.unique("census", "region", "year")
        self.unique("gold", "name")
        for row in self.t["regions"]:
            self.assertRegex(row["region"], r"^[A-Z]{3}-[a-z0-9-]+$")
            self.assertTrue(row["region"].startswith(row["iso3"]))

    def test_references_hold(self):
        for table in ("regions", "places", "bases"):
            self.refers(table, "iso3", "countries", "iso3")
        self.refers("cells", "country", "countries", "iso3")
        self.refers("cells", "region", "regions", "region")
        self.refers("regions", "region", "cells", "region")
        self.refers("census", "region", "regions", "region")
        self.refers("ethnicity", "group", "groups", "group")
        self.refers("bases", "name", "places", "name")
        for row in self.t["cells"]:
            self.assertTrue(row["region"].startswith(row["country"] + "-"), row)

    def test_coordinates_lie_in_the_box(self):
        for table in set(TABLES) - {"countries", "census", "groups", "ethnicity"}:
            for row in self.t[table]:
                self.assertTrue(-18 <= float(row["lon"]) <= 17, (table, row))
                self.assertTrue(4 <= float(row["lat"]) <= 26, (table, row))

    def test_cells_are_centred_and_in_range(self):
        shares = ("land", "lake", "pasture", "protected", "urban")
        for cell in self.t["cells"]:
            for axis in ("lon", "lat"):
                self.assertAlmostEqual(float(cell[axis]) % 0.25, 0.125)
            for column in shares:
                self.assertTrue(0 <= float(cell[column]) <= 1, (column, cell))
            self.assertGreater(float(cell["land"]), 0)
            for column in ("river", "road"):
                self.assertIn(cell[column], "01")
            for column in ("border_km", "capital_km", "town_km", "elevation_m"):
                self.assertTrue(0 <= float(cell[column]) < 4000, (column, cell))
            both = int(cell["people_2000"]), int(cell["people_2020"])
            if cell["country"] in THEATRE:
                self.assertEqual(both[0] > 0, both[1] > 0, cell)

    def test_every_theatre_region_meets_its_census_within_one_per_cent(self):
        cells = defaultdict(list)
        for cell in self.t["cells"]:
            cells[cell["region"]].append(cell)
        counted = {row["region"] for row in self.t["census"]}
        self.assertEqual(counted, {r["region"] for r in self.t["regions"]
                                   if r["iso3"] in THEATRE})
        for row in self.t["census"]:
            total = sum(people(c, int(row["year"])) for c in cells[row["region"]])
            self.assertLess(abs(total / int(row["people"]) - 1), 0.01, row)

    def test_national_totals_of_the_censuses(self):
        totals = Counter()
        for row in self.t["census"]:
            totals[row["region"][:3], row["year"]] += int(row["people"])
        self.assertEqual(totals["BFA", "2019"], 20505155)
        self.assertEqual(totals["BFA", "2006"], 14017262)
        self.assertEqual(totals["NER", "2012"], 17129076)
        self.assertAlmostEqual(totals["MLI", "2022"] / 22395485, 1, 5)
        self.assertAlmostEqual(totals["MLI", "2009"] / 14.52e6, 1, 2)

    def test_shares_sum_to_one_and_every_country_has_its_rest(self):
        sums = defaultdict(float)
        for row in self.t["ethnicity"]:
            self.assertTrue(0 < float(row["share"]) <= 1, row)
            sums[row["region"]] += float(row["share"])
        for region, total in sums.items():
            self.assertTrue(math.isclose(total, 1, abs_tol=1e-9), (region, total))
        regions = {row["region"] for row in self.t["regions"]}
        self.assertEqual({r for r in sums if not r.endswith("-*")} - regions, set())
        for row in self.t["countries"]:
            self.assertIn(row["iso3"] + "-*", sums)
        for row in self.t["regions"]:
            if row["iso3"] in THEATRE:
                self.assertIn(row["region"], sums)

    def test_known_towns_are_there(self):
        names = {row["name"] for row in self.t["places"]}
        must = """Bamako Mopti Douentza Timbuktu Gao Ansongo Menaka Kidal Tessalit Segou
            San Ouagadougou Djibo Dori Gorom-Gorom Sebba Kaya Ouahigouya Diapaga Pama
            Dedougou Bobo-Dioulasso Niamey Agadez Tillaberi Tera Ouallam Filingue Tahoua
            Diffa Ayorou Koro Sikasso Arlit Dosso Gaya Maradi Zinder""".split() + ["Fada N'Gourma"]
        self.assertEqual(set(must) - names, set())
        self.assertNotIn("Alaghsas", names)

    def test_lines_draw_every_layer(self):
        points = Counter((row["layer"], row["part"]) for row in self.t["lines"])
        self.assertEqual({layer for layer, _ in points},
                         {"coast", "border", "region", "river", "lake", "road"})
        self.assertGreaterEqual(min(points.values()), 2)
        ends = {}
        for row in self.t["lines"]:
            if row["layer"] == "lake":
                ends.setdefault(row["part"], []).append((row["lon"], row["lat"]))
        for part, line in ends.items():
            self.assertEqual(line[0], line[-1], f"lake {part} is not closed")

    def test_readme_names_every_table_and_column(self):
        with open(os.path.join(GEOGRAPHY, "README.md"), encoding="utf-8") as stream:
            text = stream.read()
        for name in TABLES:
            self.assertIn(f"**{name}.csv**", text)
            for column in self.t[name][0]:
                self.assertIn(column, text, name)


if __name__ == "__main__":
    unittest.main()
