"""sahel forecast: baselines against published values, and what is refused."""
import csv
import io
import os
import pathlib
import unittest

from support import ROOT, Folder, sahel

# A copy of the record that does not belong to the repository.
DATA = pathlib.Path(os.environ.get("SAHEL_RECORD", ROOT.parent / "shared/data"))
GED = DATA / "ucdp-ged/ged211_events_2009_2020.csv"
PUBLISHED = DATA / "views-benchmarks/own_region_baselines_2018_2020.csv"
NAMES = {"zero": "all zeros", "last": "last observed month, Poisson", "own_12": "own last 12 months",
         "own_36": "own last 36 months", "near_12": "own + 8 neighbours, last 12 months",
         "half_12": "half own, half neighbourhood, last 12"}
STEPPED = ("own_36", "half_12")  # their 0.95 quantile stands at a step, where the chance of published draws decides
PANELS = {"state-based": "state-based, 3 countries", "all": "all types, 3 countries"}


def scores(*arguments):
    done = sahel("forecast", "--baselines", *arguments, "--csv")
    assert done.returncode == 0, done.stderr
    return {(r["kind"], r["model"], r["part"]): r for r in csv.DictReader(io.StringIO(done.stdout))}


@unittest.skipUnless(GED.exists() and PUBLISHED.exists(), f"no copy of the record in {DATA}; SAHEL_RECORD names another")
class Published(unittest.TestCase):
    def test_baselines_agree_within_two_percent(self):
        with PUBLISHED.open() as file:
            published = {(r["panel"], r["window"], r["model"]): r for r in csv.DictReader(file)}
        for year in ("2018", "2019", "2020"):
            mine = scores("--events", GED, "--window", year)
            for kind, panel in PANELS.items():
                for model, name in NAMES.items():
                    want = published[panel, year, name]
                    for score in ("CRPS", "IGN") if model in STEPPED else ("CRPS", "IGN", "MIS"):
                        with self.subTest(kind=kind, year=year, model=model, score=score):
                            a, b = float(mine[kind, model, "all"][score]), float(want[score])
                            self.assertLess(abs(a / b - 1), 0.02, f"{a} against {b}")


HEAD = "date,country,lat,lon,type_code,side_a,side_b,best\n"


class Lists(Folder):
    def list(self, *rows):
        path = self.folder / "list.csv"
        path.write_text(HEAD + "".join(",".join(map(str, row)) + "\n" for row in rows))
        return path

    def sound(self):
        return self.list(("2015-01-01", "Mali", 14.3, -3.8, 1, "JNIM", "Government of Mali", 4),
                         ("2019-03-01", "Niger", 13.8, 12.6, 3, "IS", "Civilians", 10))

    def test_sums_by_country_and_month(self):
        rows = scores("--events", self.sound(), "--window", "2019")
        zero = {part: rows["all", "zero", part] for part in ("all", "NER", "MLI", "2019-03", "2019-04", "active")}
        self.assertAlmostEqual(float(zero["all"]["CRPS"]), 10 / (916 * 12), places=9)
        self.assertAlmostEqual(float(zero["NER"]["CRPS"]), 10 / (403 * 12), places=9)
        self.assertAlmostEqual(float(zero["2019-03"]["CRPS"]), 10 / 916, places=9)
        self.assertEqual(float(zero["active"]["CRPS"]), 10)
        self.assertEqual((float(zero["MLI"]["CRPS"]), float(zero["2019-04"]["CRPS"])), (0, 0))
        self.assertEqual(float(rows["state-based", "zero", "all"]["CRPS"]), 0)

    def refused(self, *arguments, message):
        done = sahel("forecast", *arguments)
        self.assertStatus(done, 2)
        self.assertIn(message, done.stderr)

    def test_mistakes(self):
        path = self.sound()
        self.refused("--baselines", "--window", "2019", message="from what past?")
        self.refused("--baselines", "--events", path, message="of which year?")
        self.refused("--baselines", "--events", path, "--window", "2021", message="does not hold the year 2021")
        self.refused("--baselines", "--events", path, "--window", "2016", message="must reach back 36 months")
        self.refused("--baselines", "--events", path, "--window", "2019", "--until", "2018-10-30",
                     message="must be the last day of a month")
        self.refused("--baselines", "--events", path, "--window", "2019", "--until", "2019-01-31",
                     message="must lie before the window")
        self.refused("--baselines", "--events", self.folder / "none.csv", "--window", "2019", message="none.csv")


if __name__ == "__main__":
    unittest.main()
