"""sahel forecast: baselines against published values, and what is refused."""
import csv
import io
import re
import subprocess
import time
import unittest

from support import PROGRAM, RECORD, ROOT, Folder, sahel

# A copy of the record that does not belong to the repository.
GED = RECORD / "ucdp-ged/ged211_events_2009_2020.csv"
PUBLISHED = RECORD / "views-benchmarks/own_region_baselines_2018_2020.csv"
NAMES = {"zero": "all zeros", "last": "last observed month, Poisson", "own_12": "own last 12 months",
         "own_36": "own last 36 months", "near_12": "own + 8 neighbours, last 12 months",
         "half_12": "half own, half neighbourhood, last 12"}
STEPPED = ("own_36", "half_12")  # their 0.95 quantile stands at a step, where the chance of published draws decides
PANELS = {"state-based": "state-based, 3 countries", "all": "all types, 3 countries"}


def scores(*arguments):
    done = sahel("forecast", "--baselines", *arguments, "--csv")
    assert done.returncode == 0, done.stderr
    return {(r["kind"], r["model"], r["part"]): r for r in csv.DictReader(io.StringIO(done.stdout))}


@unittest.skipUnless(GED.exists() and PUBLISHED.exists(), f"no copy of the record in {RECORD}; SAHEL_RECORD names another")
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


class Futures(Folder):
    """A small world, two years long, that goes on from an observed past."""
    SMALL = ("--set", "run.start=2016-01-01", "--set", "run.people_per_agent=2000", "--jobs", "1", "--futures", "3",
             "--hindcasts", "2", "--pasts", "2", "--quiet")

    def list(self):
        path = self.folder / "list.csv"
        rows = [f"{year}-{month:02}-03,Mali,14.3,-3.8,{1 + month % 3},JNIM,Government of Mali,{month}"
                for year in range(2012, 2020) for month in range(1, 13, 2)]
        rows += [f"{year}-{month:02}-09,Niger,15.3,2.7,1,IS,Government of Niger,{20 + month}"
                 for year in range(2016, 2020) for month in range(1, 13, 4)]
        path.write_text(HEAD + "\n".join(rows) + "\n")
        return path

    def forecast(self, out, *more):
        return sahel("forecast", "scenarios/lessons/three-borders.yaml", "--events", self.events, "--window", "2018", "-o", out,
                     "--until", "2017-10-31", *self.SMALL, *more)

    def test_a_forecast_from_its_past(self):
        self.events = self.list()
        out, twin = self.folder / "out", self.folder / "twin"
        done = self.forecast(out)
        self.assertStatus(done, 0)
        for model in ("zero", "near_12", "simulated", "history", "simulated_layer", "forecast"):
            self.assertEqual(len(re.findall(rf"(?m)^ +{model} ", done.stdout)), 2, model)
        names = {p.name for p in out.iterdir()}
        self.assertEqual(names, {"scenario.yaml", "futures-2017.yaml", "futures-2017", "futures-2018.yaml", "futures-2018",
                                 "weights.csv", "scores.csv", "draws.h5", "reliability.png"})
        self.assertNotIn("m2017-11", (out / "scenario.yaml").read_text())  # nothing after what is known
        self.assertIn("m2017-09", (out / "scenario.yaml").read_text())
        weights = list(csv.DictReader(io.StringIO((out / "weights.csv").read_text())))
        for kind in PANELS:
            of = [float(r["weight"]) for r in weights if (r["kind"], r["model"]) == (kind, "forecast")]
            self.assertEqual(len(of), 10)
            self.assertAlmostEqual(sum(of), 1, places=4)
        # Again: nothing is overwritten; anew, from the futures that are there: the same bytes.
        again = self.forecast(out)
        self.assertStatus(again, 2)
        self.assertIn("exists already", again.stderr)
        first = {n: (out / n).read_bytes() for n in ("draws.h5", "scores.csv", "weights.csv")}
        self.assertStatus(self.forecast(out, "--force"), 0)
        # Killed in the midst, the same command goes on to the same bytes.
        process = subprocess.Popen([PROGRAM, "forecast", "scenarios/lessons/three-borders.yaml", "--events", str(self.events),
                                    "--window", "2018", "-o", str(twin), "--until", "2017-10-31", *self.SMALL], cwd=ROOT)
        for _ in range(600):
            if list(twin.glob("futures-2017/runs/*")) or process.poll() is not None:
                break
            time.sleep(0.05)
        process.kill()
        process.wait()
        self.assertStatus(self.forecast(twin), 0)
        for name, data in first.items():
            self.assertEqual((out / name).read_bytes(), data, name)
            self.assertEqual((twin / name).read_bytes(), data, name)
        # Another forecast does not enter the folder.
        other = self.forecast(out, "--force", "--seed", "2")
        self.assertStatus(other, 2)
        self.assertIn("belongs to another forecast", other.stderr)
        self.draws(out / "draws.h5")

    def draws(self, path):
        try:
            import h5py
        except ImportError:
            return
        with h5py.File(path) as file:
            self.assertEqual(file["all"].shape, (12, 916, 1000))
            self.assertEqual(list(file["month_id"][:2]), [457, 458])
            gid = list(file["priogrid_gid"][:])
            self.assertEqual(gid, sorted(gid))
            draws = file["all"][0, gid.index(150113), :]  # where the list has most events
            self.assertTrue((draws[1:] >= draws[:-1]).all() and (draws == draws.round()).all())
            self.assertGreater((draws > 0).mean(), 0.2)

    def test_what_is_asked(self):
        self.events = self.list()
        for arguments, message in (
                (("scenarios/lessons/three-borders.yaml", "--events", self.events, "--window", "2018"), "where to?"),
                (("--events", self.events, "--window", "2018", "-o", "out"), "what to forecast with?"),
                (("--baselines", "--events", self.events, "--window", "2018", "-o", "out"), "needs no scenario"),
                (("none.yaml", "--events", self.events, "--window", "2018", "-o", self.folder / "o"), "none.yaml"),
                (("scenarios/lessons/three-borders.yaml", "--events", self.events, "--window", "2018", "-o", self.folder / "a/b"),
                 "no folder can be made"),
                (("scenarios/lessons/three-borders.yaml", "--events", self.events, "--window", "2018", "-o", self.folder / "c",
                  "--fit-until", "2017-12-31"), "must not lie after what is known")):
            done = sahel("forecast", *arguments)
            self.assertStatus(done, 2)
            self.assertIn(message, done.stderr)


if __name__ == "__main__":
    unittest.main()
