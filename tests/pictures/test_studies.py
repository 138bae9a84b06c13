"""Plots of a study: what is drawn is what study.h5 holds."""
import pathlib
import re
import shutil
import tempfile
import unittest

import h5py
import numpy as np

from support import DESIGNS, Folder, png_size, sahel, small_run, small_study, svg_blocks

KINDS = [("grid", "fan"), ("grid", "multiples"), ("grid", "heat"), ("grid", "tornado"), ("oat", "tornado"),
         ("morris", "tornado"), ("morris", "bars"), ("saltelli", "tornado"), ("saltelli", "bars")]


def setUpModule():
    global STUDIES, RUN
    STUDIES = pathlib.Path(tempfile.mkdtemp(prefix="sahel-studies-"))
    for kind in DESIGNS:
        small_study(STUDIES, kind)
    RUN = small_run(STUDIES, "run.h5", "run.end=2016-01-10")


def tearDownModule():
    shutil.rmtree(STUDIES, ignore_errors=True)


def file_of(kind):
    return STUDIES / kind / "study.h5"


def column(kind, name, measure="deaths"):
    with h5py.File(file_of(kind)) as file:
        names = file["measures/measure"].asstr()[:].tolist()
        return file[f"measures/{name}"][..., names.index(measure)]


def medians(path, n):
    """Of every median line of an SVG: {number of the period: height}, downwards. Cairo leaves out points
    that lie on a straight line."""
    found = []
    for line in re.findall(r'stroke-width:1\.4;[^>]*? d="M ([^"]+)"', path.read_text()):
        numbers = [float(v) for v in re.findall(r"-?[\d.]+", line)]
        x, y = numbers[0::2], numbers[1::2]
        found.append({round((at - x[0]) / (x[-1] - x[0]) * (n - 1)): height for at, height in zip(x, y)})
    return found


class Studies(Folder):
    def plot(self, kind, what, name, *more):
        done = sahel("plot", file_of(kind), what, "-o", self.folder / name, *more)
        self.assertStatus(done, 0)
        self.assertEqual(done.stdout + done.stderr, "")
        return self.folder / name

    def assertOneScale(self, drawn, told):
        """One straight line leads from what is told to what is drawn; returns its slope."""
        periods = sorted(drawn)
        heights, told = np.array([drawn[t] for t in periods]), np.array(told)[periods]
        self.assertGreater(np.ptp(told), 0)
        slope, offset = np.polyfit(told, heights, 1)
        self.assertLess(slope, 0)
        np.testing.assert_allclose(heights, offset + slope * told, atol=0.03)
        return slope

    def bars_of(self, path):
        """Height on the sheet and width of every bar; those of no width are not in the file."""
        return [(y, w) for _, _, y, w, h in svg_blocks(path) if abs(h - 1.1 * 6.4) < 0.01]

    def test_every_kind_in_every_format(self):
        head = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
        for design, kind in KINDS:
            for suffix, magic in head.items():
                path = self.plot(design, kind, f"{design}-{kind}.{suffix}", "--dpi", 60)
                self.assertTrue(path.read_bytes().startswith(magic), path)
        again = self.plot("grid", "heat", "again.png", "--dpi", 60)
        self.assertEqual(again.read_bytes(), (self.folder / "grid-heat.png").read_bytes())
        narrow = self.plot("saltelli", "bars", "narrow.png", "--width", 90, "--dpi", 100)
        self.assertEqual(png_size(narrow)[0], 354)

    def test_fans_are_the_quantiles_of_their_point(self):
        for point in (0, 5):
            path = self.plot("grid", "fan", f"{point}.svg", "--only", "events", "--point", point)
            with h5py.File(file_of("grid")) as file:
                told = file["series/events_quantile"][2, point]
            drawn = medians(path, len(told))
            self.assertEqual(len(drawn), 1)
            if np.ptp(told):
                self.assertOneScale(drawn[0], told)
        self.assertGreater(np.ptp(told), 0)

    def test_multiples_are_all_points_on_one_scale(self):
        for name, array in [("events", "events_quantile"), ("fighters", "fighters_sum_quantile")]:
            path = self.plot("grid", "multiples", f"{name}.svg", "--only", name)
            with h5py.File(file_of("grid")) as file:
                told = file[f"series/{array}"][2]
            drawn = medians(path, told.shape[1])
            self.assertEqual(len(drawn), 6)
            slopes = [self.assertOneScale(d, t) for d, t in zip(drawn, told) if np.ptp(t)]
            self.assertGreater(len(slopes), 2)
            np.testing.assert_allclose(slopes, slopes[0], rtol=0.02)

    def test_one_item_of_a_series(self):
        path = self.plot("oat", "fan", "a.svg", "--only", "fighters (macina)")
        with h5py.File(file_of("oat")) as file:
            item = file["series/faction"].asstr()[:].tolist().index("macina")
            told = file["series/fighters_quantile"][2, 0, :, item]
        self.assertOneScale(medians(path, len(told))[0], told)

    def test_darker_cells_of_a_heat_map_have_more(self):
        path = self.plot("grid", "heat", "a.svg", "--only", "deaths")
        cells = [(x, -y, sum(map(float, re.findall(r"[\d.]+", colour))))
                 for colour, x, y, w, h in svg_blocks(path) if h > 20 and w > 60]
        self.assertEqual(len(cells), 6)
        light = [c[2] for c in sorted(cells)]  # across, then up: as the points are numbered
        order = np.argsort(column("grid", "mean"))
        self.assertEqual(np.argsort([-v for v in light]).tolist(), order.tolist())
        self.plot("grid", "heat", "b.svg", "--by", "gold.price,attacks.rate")
        self.plot("grid", "heat", "c.svg", "--by", "gold.price")

    def test_bars_are_as_long_as_indices(self):
        for kind, names in [("saltelli", ("S1", "ST")), ("morris", ("mu_star", "sigma"))]:
            path = self.plot(kind, "bars", f"{kind}.svg", "--only", "deaths")
            drawn = [w for _, w in sorted(self.bars_of(path))]
            first, second = (column(kind, name) for name in names)
            order = np.argsort(-first, kind="stable")
            told = np.abs([v for f in order for v in (first[f], second[f])])
            told = told[told > 0]
            np.testing.assert_allclose(np.array(drawn) / max(drawn), told / told.max(), atol=0.005)

    def test_a_tornado_is_as_wide_as_effects(self):
        path = self.plot("grid", "tornado", "a.svg", "--only", "deaths")
        drawn = [w for _, w in sorted(self.bars_of(path))]
        with h5py.File(file_of("grid")) as file:
            of = file["measures/level_factor"].asstr()[:]
        effect = column("grid", "level_effect")
        ends = [effect[of == f][[0, -1]] for f in ("attacks.rate", "gold.price")]
        told = np.abs(np.concatenate(sorted(ends, key=lambda e: -np.abs(e).max())))
        told = told[told > 0]
        np.testing.assert_allclose(np.array(drawn) / max(drawn), told / told.max(), atol=0.005)

    def test_what_does_not_fit_is_told(self):
        wrong = [(file_of("grid"), "series", (), "it can be drawn as fan"),
                 (file_of("grid"), "bars", (), "of kind saltelli and morris; this one is grid"),
                 (file_of("grid"), "fan", ("--point", 6), "points 0 to 5"),
                 (file_of("grid"), "fan", ("--only", "deths"), "did you mean deaths?"),
                 (file_of("grid"), "heat", ("--only", "deths"), "did you mean deaths?"),
                 (file_of("grid"), "heat", ("--by", "gold"), "does not vary gold"),
                 (file_of("grid"), "multiples", ("--only", "cohesion"), "do not add up; name one"),
                 (RUN, "tornado", (), "is no study"),
                 (STUDIES / "nowhere.h5", "heat", (), "nowhere.h5")]
        for path, kind, more, why in wrong:
            done = sahel("plot", path, kind, "-o", self.folder / "a.png", *more)
            self.assertStatus(done, 2)
            self.assertIn(why, done.stderr)
        self.assertFalse((self.folder / "a.png").exists())

    def test_packs_are_not_needed(self):
        shutil.copy(file_of("oat"), self.folder / "alone.h5")
        for kind in ("fan", "tornado", "multiples"):
            self.assertStatus(sahel("plot", self.folder / "alone.h5", kind, "-o", self.folder / f"{kind}.svg"), 0)


if __name__ == "__main__":
    unittest.main()
