"""sahel study: plans, runs side by side, what it survives, and what it leaves."""
import csv
import io
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import time
import unittest

import h5py
import numpy as np
import xarray as xr

from support import PROGRAM, ROOT, Folder, sahel

ENGINES = ("netcdf4", "h5netcdf")
SMALL = f"""scenario: {ROOT}/tests/signatures/box.yaml
set: {{run.end: 2017-01-12, run.people_per_agent: 1000, grid.cell: 1 deg}}
seed: 7
replicates: 4
measures: own.yaml
"""
DESIGN = """design:
  kind: grid
  vary:
    attacks.rate: {from: 0.005, to: 0.5, scale: log, levels: 3}
    mechanisms.self_defence: [off, on]
keep: {series: day, fields: month, maps: [deaths], events: true, ledger: true}
"""
MEASURES = """measures:
  - {name: deaths, of: deaths}
  - {name: events, of: events}
  - {name: deaths, of: deaths_by_country, by: country}
"""


def contents(path):
    """Every dataset of a file, but those that tell of machine and time."""
    found = {}

    def take(name, item):
        if isinstance(item, h5py.Dataset) and not name.startswith("provenance"):
            found[name] = item[()] if item.shape is not None else None
    with h5py.File(path) as file:
        file.visititems(take)
    return found


class Study(Folder):
    def setUp(self):
        super().setUp()
        self.file = self.folder / "study.yaml"
        self.out = self.folder / "out"
        (self.folder / "own.yaml").write_text(MEASURES)
        self.write()

    def write(self, design=DESIGN, head=SMALL):
        self.file.write_text(head + design)

    def study(self, verb, *more, out=None, **how):
        return sahel("study", verb, self.file, "-o", out or self.out, *more, **how)

    def start(self, *more, **how):
        run = subprocess.Popen([PROGRAM, "study", "run", self.file, "-o", self.out, *more], cwd=ROOT,
                               text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **how)
        self.addCleanup(run.stdout.close)
        self.addCleanup(run.stderr.close)
        return run

    def wait_for_records(self, run, least):
        end = time.monotonic() + 60
        while run.poll() is None and time.monotonic() < end:
            try:
                if len(os.listdir(self.out / "runs")) >= least:
                    return
            except FileNotFoundError:
                pass
            time.sleep(0.005)

    def undisturbed(self):
        other = self.folder / "undisturbed"
        self.assertStatus(self.study("run", "--quiet", "--jobs", 2, out=other), 0)
        return contents(other / "study.h5")

    def assertSame(self, a, b):
        self.assertEqual(sorted(a), sorted(b))
        self.assertGreater(len(a), 20)
        for name in a:
            np.testing.assert_array_equal(a[name], b[name], err_msg=name)

    def states(self):
        done = self.study("status", "--csv")
        self.assertStatus(done, 0)
        return list(csv.DictReader(io.StringIO(done.stdout)))


class Plan(Study):
    def test_design_runs_and_cost(self):
        done = sahel("study", "plan", self.file)
        self.assertStatus(done, 0)
        for words in ("grid, 6 points, 2 factors", "attacks.rate: 0.005 to 0.5 1/day", "log, 3 levels",
                      "4, seed 7", "runs        24", "24 measures", "a run", "a job", "in the end"):
            self.assertIn(words, done.stdout)
        self.assertFalse(self.out.exists())

    def test_points(self):
        rows = list(csv.DictReader(io.StringIO(sahel("study", "plan", self.file, "--csv").stdout)))
        self.assertEqual(len(rows), 6)
        rates = [float(row["attacks.rate"]) for row in rows[::2]]
        np.testing.assert_allclose(rates, [0.005, 0.05, 0.5])
        self.assertEqual([row["mechanisms.self_defence"] for row in rows[:2]], ["off", "on"])

    def test_points_of_a_list_and_of_one_at_a_time(self):
        self.write("design: {kind: list, points: [{name: as it is}, {name: rich, gold.price: 3}]}\n")
        rows = list(csv.DictReader(io.StringIO(sahel("study", "plan", self.file, "--csv").stdout)))
        self.assertEqual([(row["name"], row["gold.price"]) for row in rows], [("as it is", "1"), ("rich", "3")])
        self.write("design: {kind: list, points: [{name: as it is}]}\n")  # nothing is set, and yet a point
        rows = list(csv.DictReader(io.StringIO(sahel("study", "plan", self.file, "--csv").stdout)))
        self.assertEqual([row["name"] for row in rows], ["as it is"])
        self.write("design: {kind: oat, vary: {gold.price: [2, 3], attacks.rate: [0.1]}}\n")
        rows = list(csv.DictReader(io.StringIO(sahel("study", "plan", self.file, "--csv").stdout)))
        self.assertEqual([row["gold.price"] for row in rows], ["1", "2", "3", "1"])
        self.assertEqual(rows[3]["attacks.rate"], "0.1")

    def test_all_mistakes_at_once(self):
        self.file.write_text(f"""scenario: {ROOT}/tests/signatures/box.yaml
sed: 7
replicates: 0
design:
  kind: grd
  vary:
    gold.prise: [1, 2]
    gold.price: {{from: -1, to: 2}}
    mechanisms.self_defence: {{from: 0, to: 1}}
    run.seed: [1, 2]
    timeline.2017-01-01.forces.barkhan.strength: [1, 2]
keep: {{series: mnth}}
""")
        done = self.study("run")
        self.assertStatus(done, 2)
        for words in ("study.yaml:2:1: sed", "did you mean seed?", "study.yaml:3:13: replicates = 0",
                      "did you mean grid?", "study.yaml:7:5: design.vary.gold.prise", "did you mean gold.price?",
                      "design.vary.gold.price = -1: must lie in", "expected on or off", "run.seed: is set by the study",
                      "did you mean timeline.2018-01-01.forces.barkhane.strength?", "did you mean month?",
                      "nothing was run"):
            self.assertIn(words, done.stderr)
        self.assertFalse(self.out.exists())

    def test_what_cannot_vary_or_lie_upon_each_other(self):
        self.write("design: {vary: {run.end: [2017-01-12, 2017-01-20]}}\nkeep: {series: day}\n")
        done = sahel("study", "plan", self.file)
        self.assertStatus(done, 2)
        self.assertIn("one shape in all runs", done.stderr)
        self.write("design: {vary: {run.end: [2017-01-12, 2017-01-20]}}\n")
        self.assertStatus(sahel("study", "plan", self.file), 0)


class Result(Study):
    def test_arrays_of_runs(self):
        done = self.study("run", "--jobs", 2)
        self.assertStatus(done, 0)
        self.assertIn("24 runs in", done.stderr)
        self.assertEqual(sorted(os.listdir(self.out)), ["claims", "packs", "runs", "study.h5", "study.txt"])
        self.assertEqual(os.listdir(self.out / "runs"), [])
        for engine in ENGINES:
            with self.subTest(engine=engine):
                self.check_arrays(engine)
        self.check_levels()
        self.check_against_a_run()
        self.check_export()

    def check_arrays(self, engine):
        with xr.open_dataset(self.out / "study.h5", engine=engine) as maps, \
                xr.open_dataset(self.out / "study.h5", engine=engine, group="series") as series, \
                xr.open_dataset(self.out / "study.h5", engine=engine, group="events") as events, \
                xr.open_dataset(self.out / "study.h5", engine=engine, group="runs") as runs, \
                xr.open_dataset(self.out / "study.h5", engine=engine, group="measures") as table:
            self.assertEqual(maps.deaths.dims, ("replicate", "design", "time", "lat", "lon"))
            self.assertEqual(maps.deaths.shape[:2], (4, 6))
            self.assertEqual(series.deaths.dims, ("replicate", "design", "time"))
            self.assertEqual(table.value.dims, ("replicate", "design", "measure"))
            self.assertIn("attacks.rate", table.value.coords)
            np.testing.assert_allclose(table["attacks.rate"][::2], [0.005, 0.05, 0.5])
            deaths = table.value.sel(measure="deaths")
            np.testing.assert_array_equal(deaths, series.deaths.sum("time"))
            np.testing.assert_array_equal(deaths, maps.deaths.sum(("time", "lat", "lon")))
            np.testing.assert_allclose(table["mean"].sel(measure="deaths"), deaths.mean("replicate"))
            np.testing.assert_allclose(table.sd.sel(measure="deaths"), deaths.std("replicate", ddof=1))
            np.testing.assert_allclose(table.value_quantile.sel(measure="deaths"),
                                       deaths.quantile([.05, .25, .5, .75, .95], "replicate"))
            self.assertTrue((table["count"] == 4).sel(measure="deaths").all())
            self.assertGreater(float(deaths.std()), 0)
            counted = np.bincount(events.run.values.astype(int), minlength=24).reshape(4, 6)
            np.testing.assert_array_equal(counted, table.value.sel(measure="events"))
            self.check_quantiles_of_series(series)
            self.assertEqual(len(set(runs.seed.values)), 4)
            np.testing.assert_array_equal(runs.seed[:6], runs.seed[0])
            np.testing.assert_array_equal(runs.design, np.tile(np.arange(6), 4))

    def check_quantiles_of_series(self, series):
        share = [.05, .25, .5, .75, .95]
        np.testing.assert_allclose(series["quantile"], share)
        names = [name for name in series if name.endswith("_quantile")]
        self.assertIn("fighters_sum_quantile", names)
        for name in names:
            base = name.removesuffix("_quantile")
            if base in series:
                value = series[base]
            else:
                items = series[base.removesuffix("_sum")]
                value = items.sum(items.dims[-1])
            np.testing.assert_allclose(series[name], value.astype(float).quantile(share, "replicate"),
                                       err_msg=name)

    def check_levels(self):
        """What levels do, from the values of runs: paired, over replicates."""
        with xr.open_dataset(self.out / "study.h5", group="measures") as table:
            deaths = table.value.sel(measure="deaths")
            apart = deaths - deaths.mean("design")
            found = table.sel(measure="deaths")
            self.assertEqual(found.level_factor.values.tolist(), 3 * ["attacks.rate"] + 2 * ["mechanisms.self_defence"])
            for i, (factor, value) in enumerate(zip(found.level_factor.values, found.level_value.values)):
                one = apart[:, deaths[factor].values == value].mean("design")
                half = 3.182446305284263 * one.std(ddof=1) / 2  # of Student, 3 degrees; root of 4
                np.testing.assert_allclose([found.level_effect[i], found.level_low[i], found.level_high[i]],
                                           [one.mean(), one.mean() - half, one.mean() + half], atol=1e-9)
            np.testing.assert_allclose(found.level_origin, deaths.mean())

    def check_against_a_run(self):
        """Run 9 (replicate 1, point 3) is what `sahel run` makes of it."""
        with h5py.File(self.out / "study.h5") as file:
            seed, digest = int(file["runs/seed"][9]), file["runs/digest"].asstr()[9]
            rate = float(file["attacks.rate"][3])
        alone = self.folder / "alone.h5"
        self.assertStatus(sahel("run", "tests/signatures/box.yaml", "-o", alone, "--quiet",
                                "--set", "run.end=2017-01-12", "--set", "run.people_per_agent=1000",
                                "--set", "grid.cell=1 deg", "--set", f"run.seed={seed}",
                                "--set", f"attacks.rate={rate!r}", "--set", "mechanisms.self_defence=on"), 0)
        self.assertEqual(sahel("digest", alone).stdout.split()[-1], digest)

    def check_export(self):
        rows = list(csv.DictReader(io.StringIO(self.study("export", "--csv").stdout)))
        self.assertEqual(len(rows), 24)
        with h5py.File(self.out / "study.h5") as file:
            np.testing.assert_array_equal([float(row["deaths"]) for row in rows],
                                          file["measures/value"][:, :, 0].ravel())
            means = list(csv.DictReader(io.StringIO(self.study("export", "--table", "points").stdout)))
            np.testing.assert_allclose([float(row["mean"]) for row in means if row["measure"] == "deaths"],
                                       file["measures/mean"][:, 0], rtol=1e-8)
        done = self.study("export", "--table", "sensitivity")
        self.assertStatus(done, 2)
        self.assertIn("morris and saltelli", done.stderr)

    def test_the_same_however_it_is_shared_out(self):
        wanted = self.undisturbed()
        for part in ("2/3", "3/3", "1/3"):
            self.assertStatus(self.study("run", "--quiet", "--jobs", 3, "--shard", part), 0)
        self.assertSame(contents(self.out / "study.h5"), wanted)

    def test_sensitivity_is_printed(self):
        for kind, column in (("saltelli", "S1"), ("morris", "mu_star")):
            out = self.folder / kind
            self.write(f"design: {{kind: {kind}, points: 2, vary: {{attacks.rate: {{from: 0.01, to: 0.9}},"
                       " forces.barkhane.strength: {from: 100, to: 900}}}\n")
            self.assertStatus(self.study("run", "--quiet", "--jobs", 2, out=out), 0)
            rows = list(csv.DictReader(io.StringIO(
                self.study("export", "--table", "sensitivity", "--csv", out=out).stdout)))
            self.assertEqual([(row["measure"], row["factor"]) for row in rows[:2]],
                             [("deaths", "attacks.rate"), ("deaths", "forces.barkhane.strength")])
            with h5py.File(out / "study.h5") as file:
                np.testing.assert_allclose(float(rows[0][column]), file[f"measures/{column}"][0, 0], rtol=1e-8)
            self.assertIn("attacks.rate", self.study("export", "--table", "sensitivity", out=out).stdout)


class Folders(Study):
    def test_again_does_nothing_and_another_study_is_refused(self):
        self.assertStatus(self.study("run", "--quiet"), 0)
        before = (self.out / "study.h5").stat().st_mtime_ns
        done = self.study("run")
        self.assertStatus(done, 0)
        self.assertIn("0 made now", done.stderr)
        self.assertEqual((self.out / "study.h5").stat().st_mtime_ns, before)
        self.write(head=SMALL.replace("seed: 7", "seed: 8").replace("2017-01-12", "2017-01-13"))
        for verb in ("run", "status", "export"):
            done = self.study(verb)
            self.assertStatus(done, 2)
            self.assertIn("seed was 7, is now 8", done.stderr)
            self.assertIn("run.end was 2017-01-12, is now 2017-01-13", done.stderr)
            self.assertIn("holds another study", done.stderr)
        self.assertEqual((self.out / "study.h5").stat().st_mtime_ns, before)

    def test_a_folder_of_something_else_is_refused(self):
        self.out.mkdir()
        (self.out / "thesis.tex").write_text("mine")
        done = self.study("run")
        self.assertStatus(done, 2)
        self.assertIn("thesis.tex", done.stderr)
        self.assertEqual(os.listdir(self.out), ["thesis.tex"])
        done = self.study("status")
        self.assertStatus(done, 2)
        self.assertIn("holds no study yet", done.stderr)

    def test_a_study_without_measures(self):
        """Where the program finds no list of usual outcomes, runs are made all the same."""
        self.file.write_text(f"scenario: {ROOT}/scenarios/classic/lanchester-square.yaml\nreplicates: 2\n")
        self.assertStatus(self.study("run", "--quiet", env={"SAHEL_DATA": str(self.folder)}), 0)
        with h5py.File(self.out / "study.h5") as file:
            self.assertNotIn("measures", file)
            self.assertEqual(file["runs/state"][:].tolist(), [1, 1])

    def test_a_batch_script_does_it_all(self):
        done = self.study("slurm", "--parts", 2)
        self.assertStatus(done, 0)
        self.assertIn("#SBATCH --array=1-2\n", done.stdout)
        script = self.folder / "job.sh"
        script.write_text(done.stdout)
        for task in "12":
            subprocess.run(["sh", script], check=True, cwd="/", env={**os.environ, "SLURM_ARRAY_TASK_ID": task})
        self.assertTrue((self.out / "study.h5").exists())


class Faults(Study):
    def test_damaged_results_are_found_and_made_again(self):
        wanted = self.undisturbed()
        run = self.start("--jobs", "1")
        self.wait_for_records(run, 8)
        run.send_signal(signal.SIGINT)
        run.wait(60)
        records = sorted(p for p in (self.out / "runs").iterdir() if p.suffix != ".new")
        self.assertGreaterEqual(len(records), 4)
        with open(records[0], "r+b") as file:
            file.seek(400)
            file.write(b"damage")
        os.truncate(records[2], 100)
        records[3].unlink()
        self.assertIn("2 damaged", self.study("status").stdout)
        self.assertStatus(self.study("run", "--quiet"), 0)
        self.assertSame(contents(self.out / "study.h5"), wanted)
        with open(self.out / "packs/000.h5", "r+b") as file:
            file.seek(5000)
            file.write(b"damage")
        self.assertStatus(self.study("run", "--quiet"), 0)
        self.assertSame(contents(self.out / "study.h5"), wanted)
        (self.out / "study.h5").unlink()
        self.assertStatus(self.study("run", "--quiet"), 0)
        self.assertSame(contents(self.out / "study.h5"), wanted)

    def workers_of(self, run):
        with open(f"/proc/{run.pid}/task/{run.pid}/children") as file:
            return [int(word) for word in file.read().split()]

    def test_kill_9_of_workers_and_of_the_master(self):
        wanted = self.undisturbed()
        run = self.start("--jobs", "2")
        self.wait_for_records(run, 2)
        killed = 0
        for worker in self.workers_of(run):
            os.kill(worker, signal.SIGKILL)
            killed += 1
        self.assertEqual(killed, 2)
        self.wait_for_records(run, 8)
        workers = self.workers_of(run)
        run.kill()
        run.wait(60)
        end = time.monotonic() + 10
        while any(pathlib.Path(f"/proc/{w}").exists() for w in workers) and time.monotonic() < end:
            time.sleep(0.01)
        self.assertFalse((self.out / "study.h5").exists())
        states = [row["state"] for row in self.states()]
        self.assertGreaterEqual(states.count("done"), 6)
        self.assertNotIn("running", states)
        self.assertStatus(self.study("run", "--quiet", "--jobs", 2), 0)
        self.assertSame(contents(self.out / "study.h5"), wanted)

    def test_signals_stop_it_and_it_goes_on(self):
        wanted = self.undisturbed()
        for number, status, least in ((signal.SIGINT, 130, 2), (signal.SIGTERM, 143, 6)):
            run = self.start("--jobs", "1")
            self.wait_for_records(run, least)
            run.send_signal(number)
            said = run.communicate(timeout=60)[1]
            self.assertEqual(run.returncode, status, said)
            self.assertIn("goes on with the others", said)
        self.assertStatus(self.study("run", "--quiet"), 0)
        self.assertSame(contents(self.out / "study.h5"), wanted)

    def test_two_masters_at_once(self):
        wanted = self.undisturbed()
        both = [self.start("--jobs", "2") for _ in range(2)]
        said = [run.communicate(timeout=120)[1] for run in both]
        self.assertEqual([run.returncode for run in both], [0, 0], said)
        self.assertSame(contents(self.out / "study.h5"), wanted)

    @unittest.skipUnless("SAHEL_CLOCK" in os.environ, "no library that makes the clock jump")
    def test_the_clock_jumps(self):
        """Two masters whose wall clocks leap by years at every look; one is killed, the rest is done."""
        wanted = self.undisturbed()
        jumps = {**os.environ, "LD_PRELOAD": os.environ["SAHEL_CLOCK"]}
        both = [self.start("--jobs", "1", env=jumps) for _ in range(2)]
        self.wait_for_records(both[0], 4)
        both[0].kill()
        for run in both:
            run.wait(120)
        self.assertEqual(both[1].returncode, 0, both[1].stderr.read())
        self.assertStatus(self.study("run", "--quiet", env={"LD_PRELOAD": os.environ["SAHEL_CLOCK"]}), 0)
        self.assertSame(contents(self.out / "study.h5"), wanted)
        with h5py.File(self.out / "study.h5") as file:
            told = file["provenance/resources"].attrs["finished"].decode()
        self.assertNotEqual(int(told[:4]), time.gmtime().tm_year)  # it did jump

    @unittest.skipIf(b"libomp.so" in pathlib.Path(PROGRAM).read_bytes(),
                     "libomp has a file of its own, which the limit of this test cuts")
    def test_a_full_disk_leaves_the_rest_to_do(self):
        self.write(DESIGN.replace("fields: month", "fields: day"))
        wanted = self.undisturbed()
        least = (self.folder / "undisturbed/study.txt").stat().st_size + 2000
        run = subprocess.run([PROGRAM, "study", "run", self.file, "-o", self.out, "--quiet"], cwd=ROOT,
                             text=True, capture_output=True, timeout=120,
                             preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (least, least)))
        self.assertEqual(run.returncode, 3, run.stderr)
        self.assertIn("the same command goes on", run.stderr)
        self.assertNotIn("failed", [row["state"] for row in self.states()])
        self.assertStatus(self.study("run", "--quiet"), 0)
        self.assertSame(contents(self.out / "study.h5"), wanted)

    def test_failed_runs_are_marked(self):
        self.write("design: {kind: list, points: [{run.end: 2017-01-12}, {run.end: 2016-12-01}]}\n")
        done = self.study("run", "--jobs", 2)
        self.assertStatus(done, 3)
        self.assertIn("4 of 8 runs failed", done.stderr)
        rows = self.states()
        self.assertEqual([row["state"] for row in rows[:2]], ["done", "failed"])
        self.assertIn("must not lie before run.start", rows[1]["message"])
        with xr.open_dataset(self.out / "study.h5", group="measures") as table:
            self.assertTrue(table.value.isel(design=1).isnull().all())
            self.assertTrue(table.value.sel(measure="deaths").isel(design=0).notnull().all())
            self.assertTrue((table["count"].isel(design=1) == 0).all())
        with xr.open_dataset(self.out / "study.h5", group="runs") as runs:
            np.testing.assert_array_equal(runs.state, [1, 2] * 4)
        done = self.study("run", "--retry", "--jobs", 2)
        self.assertStatus(done, 3)
        self.assertIn("4 made now", done.stderr)
        shutil.rmtree(self.out)
        done = self.study("run", "--fail-fast", "--jobs", 1)
        self.assertStatus(done, 3)
        self.assertIn("stopped: a run failed", done.stderr)
        self.assertLess(len([row for row in self.states() if row["state"] != "waiting"]), 8)

    def test_entries_of_the_timeline_vary(self):
        self.write("""design:
  kind: list
  vary:
    timeline.2017-01-05.attacks.rate: [0, 0.5]
    timeline.2017-01-05.attacks.rate.date: [2017-01-02, 2017-01-08]
    timeline.2017-01-05.attacks.rate.over: [0 d, 3 d]
""", SMALL.replace("set: {", "set: {timeline: [{date: 2017-01-05, what: attacks.rate, to: 0.05, why: a test}], "))
        self.assertStatus(self.study("run", "--quiet", "--jobs", 2), 0)
        rows = list(csv.DictReader(io.StringIO(self.study("export", "--csv").stdout)))
        self.assertEqual(len(rows), 8)
        for quiet, loud in zip(rows[::2], rows[1::2]):
            self.assertLess(float(quiet["events"]), float(loud["events"]))
        self.assertEqual(rows[1]["timeline.2017-01-05.attacks.rate.date"], "2017-01-08")


if __name__ == "__main__":
    unittest.main()
