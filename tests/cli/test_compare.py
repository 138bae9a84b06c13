"""sahel compare: its table, its file, what it refuses, how it stops."""
import csv
import io
import os
import signal
import subprocess
import time
import unittest

import h5py
import numpy as np
import xarray as xr

from support import PROGRAM, ROOT, Folder, sahel

BOX = ROOT / "tests/signatures/box.yaml"
HEADER = "measure,a,b,effect,low,high,variance_ratio"
SHORT = ["--set", "run.end=2017-02-28"]
ENGINES = ("netcdf4", "h5netcdf")


class Compare(Folder):
    def setUp(self):
        super().setUp()
        self.other = self.folder / "other.yaml"
        self.other.write_text(f"base: {BOX}\ntitle: No gold, more attacks\n"
                              "gold: {price: 0}\nattacks: {rate: 0.4}\n")
        self.target = self.folder / "cmp.h5"

    def compare(self, *more, b=None):
        return sahel("compare", BOX, b or self.other, "--replicates", 3, *SHORT, *more)

    def test_table_and_file(self):
        done = self.compare("--csv", "--quiet", "-o", self.target)
        self.assertStatus(done, 0)
        self.assertEqual(done.stderr, "")
        self.assertEqual(done.stdout.splitlines()[0], HEADER)
        rows = {row["measure"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
        self.assertEqual(float(rows["money (gold)"]["b"]), 0)
        self.assertLess(float(rows["money (gold)"]["high"]), 0)
        self.assertGreater(float(rows["events"]["low"]), 0)
        for name in ("deaths (MLI)", "one-sided deaths", "fighters at the end (macina)",
                     "displaced people at the end", "recruits (abuse)", "active cells",
                     "median hours of response", "control at the end (BFA)"):
            self.assertIn(name, rows)
        for row in rows.values():
            if row["effect"] != "nan":
                self.assertAlmostEqual(float(row["b"]) - float(row["a"]), float(row["effect"]),
                                       delta=1e-6 * (1 + abs(float(row["a"]))))
                self.assertLessEqual(float(row["low"]), float(row["effect"]) + 1e-9)
                self.assertGreaterEqual(float(row["high"]), float(row["effect"]) - 1e-9)
        for engine in ENGINES:
            with self.subTest(engine=engine):
                self.check_file(engine, rows)

    def check_file(self, engine, rows):
        with xr.open_dataset(self.target, engine=engine) as maps, \
                xr.open_dataset(self.target, engine=engine, group="measures") as table:
            self.assertEqual(maps.deaths.dims, ("arm", "time", "lat", "lon"))
            self.assertEqual(maps.deaths.attrs["units"], "persons")
            self.assertEqual(maps.attrs["replicates"], 3)
            values = table.value.sel(measure="deaths")
            self.assertEqual(values.dims, ("arm", "replicate"))
            np.testing.assert_allclose(values.mean("replicate"), maps.deaths.sum(("time", "lat", "lon")))
            np.testing.assert_allclose(maps.deaths_difference.sum(), float(rows["deaths"]["effect"]))
            self.assertTrue((maps.deaths_difference_error.fillna(0) >= 0).all())
            unit = dict(zip(table.measure.values, table.unit.values))
            self.assertEqual((unit["deaths"], unit["money (gold)"]), ("persons", "USD"))
            for name, row in rows.items():
                for column in ("a", "b", "effect", "low", "high", "variance_ratio"):
                    np.testing.assert_allclose(table[column].sel(measure=name), float(row[column]),
                                               rtol=1e-8, err_msg=name)
        with xr.open_dataset(self.target, engine=engine, group="scenario") as asked:
            self.assertEqual(list(asked.title.values), ["Three borders, reduced", "No gold, more attacks"])
            self.assertIn("price: 0", str(asked.yaml.sel(arm="b").values))
        with xr.open_dataset(self.target, engine=engine, group="land") as land:
            self.assertEqual(land.country.dims, ("lat", "lon"))

    def test_software_and_command_are_named(self):
        self.assertStatus(self.compare("-o", self.target), 0)
        with h5py.File(self.target) as file:
            self.assertTrue(file["provenance/software"].attrs["version"])
            command = file["provenance/environment"].attrs["command"].decode()
        self.assertIn("--replicates 3", command)
        done = sahel("info", self.target)
        self.assertStatus(done, 2)
        self.assertIn("a comparison; 'sahel plot' and 'sahel atlas' show it", done.stderr)

    def test_people_read_a_table(self):
        done = self.compare()
        self.assertStatus(done, 0)
        self.assertRegex(done.stdout, r"measure +unit +a +b +effect +low +high +of a +ratio\n")
        self.assertRegex(done.stdout, r"money \(gold\) +USD .* -100.0 %")
        self.assertNotIn("(DZA)", done.stdout)
        self.assertIn("6 runs, 3 replicates, seed 1", done.stderr)

    def test_the_same_on_any_number_of_threads_and_other_on_other_seeds(self):
        one = self.compare("--csv", "--quiet", "--threads", 1)
        three = self.compare("--csv", "--quiet", "--threads", 3)
        self.assertEqual(one.stdout, three.stdout)
        self.assertNotEqual(one.stdout, self.compare("--csv", "--quiet", "--seed", 2).stdout)

    def test_one_and_the_same(self):
        done = self.compare("--csv", b=BOX)
        self.assertStatus(done, 0)
        self.assertIn("the two are the same", done.stderr)
        self.assertIn("3 runs, 3 replicates", done.stderr)
        for row in csv.DictReader(io.StringIO(done.stdout)):
            self.assertIn(row["effect"], ("0", "nan"), row["measure"])

    def test_an_overlay_lies_upon_both(self):
        overlay = self.folder / "coarse.yaml"
        overlay.write_text("base: nowhere.yaml\ntitle: Coarse\nrun: {people_per_agent: 999}\n"
                           "grid: {cell: 1 deg}\n")
        done = self.compare("--overlay", overlay, "-o", self.target)
        self.assertStatus(done, 0)
        with xr.open_dataset(self.target) as maps:
            self.assertEqual(maps.sizes["lon"], 7)
            self.assertIn("No gold", maps.attrs["title"])

    def test_other_cells_have_no_maps(self):
        self.other.write_text(f"base: {BOX}\ngrid: {{cell: 1 deg}}\n")
        done = self.compare("-o", self.target)
        self.assertStatus(done, 0)
        self.assertIn("different cells", done.stderr)
        with xr.open_dataset(self.target) as maps:
            self.assertNotIn("deaths", maps)
        with xr.open_dataset(self.target, group="measures") as table:
            self.assertIn("deaths", table.measure)

    def test_measures_of_ones_own(self):
        own = self.folder / "own.yaml"
        own.write_text("measures:\n  - {name: deaths near Djibo, of: deaths_per_cell, where: {near: {Djibo: [0, 60]}}}\n")
        done = self.compare("--measures", own, "--csv", "--quiet")
        self.assertStatus(done, 0)
        self.assertEqual(len(done.stdout.splitlines()), 2)
        own.write_text("measures:\n  - {name: x, of: deths}\n")
        done = self.compare("--measures", own, "-o", self.target)
        self.assertStatus(done, 2)
        self.assertIn("own.yaml:2:", done.stderr)
        self.assertIn("did you mean deaths?", done.stderr)
        self.assertIn("nothing was run", done.stderr)
        self.assertFalse(self.target.exists())

    def test_refusals(self):
        self.target.write_text("mine")
        done = self.compare("-o", self.target)
        self.assertStatus(done, 2)
        self.assertIn("--force", done.stderr)
        self.assertEqual(self.target.read_text(), "mine")
        self.assertStatus(self.compare("-o", self.target, "--force"), 0)
        self.assertNotEqual(self.target.read_bytes(), b"mine")
        self.assertStatus(self.compare("-o", self.other), 2)
        self.assertStatus(sahel("compare", BOX), 2)
        self.assertStatus(sahel("compare", BOX, self.other, "--replicates", 1), 2)
        self.other.write_text(f"base: {BOX}\ngold: {{prise: 2}}\n")
        done = self.compare()
        self.assertStatus(done, 2)
        self.assertIn("other.yaml:2:", done.stderr)

    def test_a_signal_leaves_nothing(self):
        for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            run = subprocess.Popen([PROGRAM, "compare", BOX, self.other, "--replicates", "500",
                                    "-o", self.target], cwd=ROOT, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            time.sleep(2)
            self.assertIsNone(run.poll(), "it ended before it was stopped")
            run.send_signal(number)
            out, said = run.communicate(timeout=60)
            self.assertEqual((run.returncode, out), (status, ""))
            self.assertIn("nothing was written", said)
            self.assertEqual(os.listdir(self.folder), ["other.yaml"])


if __name__ == "__main__":
    unittest.main()
