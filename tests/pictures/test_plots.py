"""Plots: every kind, every format, whatever a run holds; and what is drawn is what was counted."""
import csv
import io
import pathlib
import re
import shutil
import tempfile
import unittest

import h5py
import numpy as np

from support import GOOD, Folder, png_size, sahel, small_run, svg_blocks

KINDS = ["series", "events", "factions", "ledger", "response"]
MALI = "rgb(0%,44.705882%,69.803922%)"  # its blue, on every picture

STRONGER = f"base: {GOOD}\ntitle: Stronger\nfactions: [{{name: macina, strength: 800}}]\n"


def setUpModule():
    global RESULTS
    RESULTS = pathlib.Path(tempfile.mkdtemp(prefix="sahel-pictures-"))
    small_run(RESULTS, "run.h5")
    small_run(RESULTS, "empty.h5", "run.end=2016-01-02")
    small_run(RESULTS, "none.h5", "run.end=2016-01-02", "output.events=off")
    (RESULTS / "stronger.yaml").write_text(STRONGER)
    done = sahel("compare", GOOD, RESULTS / "stronger.yaml", "--replicates", 2, "--threads", 1, "--quiet",
                 "-o", RESULTS / "cmp.h5")
    assert done.returncode == 0, done.stderr


def tearDownModule():
    shutil.rmtree(RESULTS, ignore_errors=True)


def rows(*arguments):
    return list(csv.DictReader(io.StringIO(sahel(*arguments).stdout)))


class Plots(Folder):
    def plot(self, run, kind, name, *more):
        done = sahel("plot", RESULTS / run, kind, "-o", self.folder / name, *more)
        self.assertStatus(done, 0)
        self.assertEqual(done.stdout + done.stderr, "")
        return self.folder / name

    def test_every_kind_in_every_format(self):
        head = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
        for kind in KINDS:
            for suffix, magic in head.items():
                path = self.plot("run.h5", kind, f"{kind}.{suffix}", "--dpi", 60)
                self.assertTrue(path.read_bytes().startswith(magic), path)

    def test_the_same_plot_is_the_same_file(self):
        for suffix in ["png", "svg", "pdf"]:
            a = self.plot("run.h5", "factions", f"a.{suffix}", "--dpi", 60)
            b = self.plot("run.h5", "factions", f"b.{suffix}", "--dpi", 60)
            self.assertEqual(a.read_bytes(), b.read_bytes())

    def test_width_and_dots(self):
        path = self.plot("run.h5", "events", "a.png", "--width", 127, "--dpi", 100)
        self.assertEqual(png_size(path)[0], 500)
        narrow = self.plot("run.h5", "events", "b.png", "--width", 63.5, "--dpi", 100)
        self.assertEqual(png_size(narrow)[0], 250)
        self.assertGreater(png_size(narrow)[1], png_size(path)[1])  # one column

    def test_nothing_happened(self):
        self.assertEqual(rows("events", RESULTS / "empty.h5", "--csv"), [])
        for kind in KINDS:
            self.plot("empty.h5", kind, f"{kind}.png", "--dpi", 60)

    def test_a_run_that_kept_no_events(self):
        for kind, status in [("series", 0), ("factions", 0), ("ledger", 0), ("events", 2)]:
            done = sahel("plot", RESULTS / "none.h5", kind, "-o", self.folder / f"{kind}.svg")
            self.assertStatus(done, status)
        self.assertIn("events", done.stderr)

    def test_one_event(self):
        """The shortest run that has one, found by its own events."""
        first = rows("events", RESULTS / "run.h5", "--csv")[0]["date"]
        small_run(self.folder, "one.h5", f"run.end={first}")
        told = rows("events", self.folder / "one.h5", "--csv")
        self.assertIn(len(told), [1, 2])
        for kind in KINDS:
            done = sahel("plot", self.folder / "one.h5", kind, "-o", self.folder / f"{kind}.png",
                         "--dpi", 60)
            self.assertStatus(done, 0)

    def test_bars_are_as_long_as_the_ledger_says(self):
        path = self.plot("run.h5", "ledger", "a.svg", "--only", "deaths_by_side")
        seen = sorted(w for colour, _, _, w, h in svg_blocks(path) if colour == MALI and h > 6)
        told = {}
        for row in rows("ledger", RESULTS / "run.h5", "--csv"):
            if row["entry"] == "deaths_by_side":
                told[row["item"]] = told.get(row["item"], 0) + float(row["value"])
        counts = sorted(v for v in told.values() if v)
        self.assertEqual(len(seen), len(counts))
        for length, count in zip(seen, counts):
            self.assertAlmostEqual(length / seen[-1], count / counts[-1], places=3)

    def test_columns_are_as_high_as_the_days_were_deadly(self):
        path = self.plot("run.h5", "series", "a.svg", "--only", "deaths_by_country")
        blocks = [(x, h) for colour, x, _, w, h in svg_blocks(path) if colour == MALI]
        by_day = {}
        for row in rows("events", RESULTS / "run.h5", "--csv"):
            by_day[row["date"]] = by_day.get(row["date"], 0) + int(row["deaths"])
        counts = [n for _, n in sorted(by_day.items()) if n]
        heights = [h for _, h in sorted(blocks) if h > 0][:len(counts)]
        for height, count in zip(heights, counts):
            self.assertAlmostEqual(height / max(heights), count / max(counts), places=3)

    def test_only_what_there_is(self):
        done = sahel("plot", RESULTS / "run.h5", "series", "--only", "deths", "-o",
                     self.folder / "a.png")
        self.assertStatus(done, 2)
        self.assertIn("deaths", done.stderr)
        done = sahel("plot", RESULTS / "run.h5", "serie", "-o", self.folder / "a.png")
        self.assertStatus(done, 2)
        self.assertIn("did you mean series?", done.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_targets(self):
        target = self.folder / "a.png"
        target.write_text("mine")
        args = ("plot", RESULTS / "run.h5", "events", "-o", target)
        self.assertStatus(sahel(*args), 2)
        self.assertEqual(target.read_text(), "mine")
        self.assertStatus(sahel(*args, "--force", "--dpi", 60), 0)
        self.assertGreater(png_size(target)[0], 100)
        self.assertStatus(sahel("plot", RESULTS / "run.h5", "events", "-o", "a.bmp"), 2)
        self.assertStatus(sahel("plot", RESULTS / "run.h5", "events"), 2)


class Fans(Folder):
    """Three seeds: their median is the middle one, the upper band its mean with the highest."""

    def setUp(self):
        super().setUp()
        self.runs = [small_run(self.folder, f"{seed}.h5", f"run.seed={seed}", "run.end=2016-04-30")
                     for seed in (1, 2, 3)]

    def totals(self, run):
        told = {}
        for row in rows("events", run, "--csv"):
            told[row["date"][:7]] = told.get(row["date"][:7], 0) + int(row["deaths"])
        return [told.get(f"2016-0{month}", 0) for month in (1, 2, 3, 4)]

    def test_the_median_is_the_middle_one(self):
        path = self.folder / "a.svg"
        done = sahel("plot", *self.runs, "fan", "--only", "deaths", "-o", path)
        self.assertStatus(done, 0)
        lines = re.findall(r'stroke-width:1\.4;[^>]*? d="M ([^"]+)"', path.read_text())
        self.assertEqual(len(lines), 1)
        heights = [float(v) for v in re.findall(r"-?[\d.]+", lines[0])[1::2]]
        medians = [sorted(month)[1] for month in zip(*map(self.totals, self.runs))]
        self.assertGreater(max(medians), min(medians))
        slope = (heights[medians.index(max(medians))] - heights[medians.index(min(medians))]) / (
            max(medians) - min(medians))
        for height, median in zip(heights, medians):
            self.assertAlmostEqual(height, heights[0] + slope * (median - medians[0]), places=2)

    def test_what_does_not_fit_is_told(self):
        for files, kind, why in [([*self.runs, RESULTS / "run.h5"], "fan", "other days"),
                                 (self.runs, "series", "one file alone")]:
            done = sahel("plot", *files, kind, "-o", self.folder / "a.png")
            self.assertStatus(done, 2)
            self.assertIn(why, done.stderr)
        self.assertFalse((self.folder / "a.png").exists())


class Comparisons(Folder):
    def test_effects(self):
        for more in [[], ["--only", "deaths"]]:
            path = self.folder / f"{len(more)}.svg"
            self.assertStatus(sahel("plot", RESULTS / "cmp.h5", "effects", "-o", path, *more), 0)
            dots = path.read_text().count("fill:rgb(54")  # those that may be chance are grey
            self.assertGreater(dots, 0)
        done = sahel("plot", RESULTS / "cmp.h5", "effects", "--only", "nothing", "-o", path)
        self.assertStatus(done, 2)

    def test_difference(self):
        for more in [[], ["--only", "control"]]:
            path = self.folder / f"{len(more)}.png"
            done = sahel("plot", RESULTS / "cmp.h5", "difference", "-o", path, "--dpi", 60, *more)
            self.assertStatus(done, 0)
            self.assertGreater(png_size(path)[1], 100)
        done = sahel("plot", RESULTS / "cmp.h5", "difference", "--only", "contrl", "-o",
                     self.folder / "none.png")
        self.assertStatus(done, 2)
        self.assertIn("there are deaths", done.stderr)

    def test_fan_of_both(self):
        """Medians of a and b, from the runs themselves."""
        path = self.folder / "a.svg"
        self.assertStatus(sahel("plot", RESULTS / "cmp.h5", "fan", "--only", "deaths", "-o", path), 0)
        lines = re.findall(r'stroke-width:1\.4;[^>]*? d="M ([^"]+)"', path.read_text())
        drawn = np.ravel([[float(v) for v in re.findall(r"-?[\d.]+", line)[1::2]] for line in lines])
        with h5py.File(RESULTS / "cmp.h5") as file:
            seeds, kept = file["measures/run_seed"][:], file["series/deaths_quantile"][:]
        told = []
        for name, scenario in [("a", GOOD), ("b", RESULTS / "stronger.yaml")]:
            months = []
            for seed in seeds:
                run = self.folder / f"{name}{seed}.h5"
                self.assertStatus(sahel("run", scenario, "-o", run, "--quiet", "--set", f"run.seed={seed}"), 0)
                by_month = {}
                for row in rows("events", run, "--csv"):
                    by_month[row["date"][5:7]] = by_month.get(row["date"][5:7], 0) + int(row["deaths"])
                months.append([by_month.get(f"0{month}", 0) for month in (1, 2, 3)])
            told.append(np.quantile(months, [.05, .25, .5, .75, .95], axis=0))
        np.testing.assert_allclose(kept, told)
        medians = np.ravel([arm[2] for arm in told])
        self.assertEqual(len(drawn), len(medians))
        slope, offset = np.polyfit(medians, drawn, 1)
        np.testing.assert_allclose(drawn, offset + slope * medians, atol=0.03)

    def test_one_is_not_the_other(self):
        for file, kind, why in [("run.h5", "effects", "no comparison"),
                                ("run.h5", "difference", "no comparison"),
                                ("cmp.h5", "series", "no result"),
                                ("nowhere.h5", "series", "nowhere.h5")]:
            done = sahel("plot", RESULTS / file, kind, "-o", self.folder / "a.png")
            self.assertStatus(done, 2)
            self.assertIn(why, done.stderr)


if __name__ == "__main__":
    unittest.main()
