"""sahel branch: one past, many futures."""
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import h5py

from support import GOOD, PROGRAM, ROOT, Folder, sahel

sys.path.append(str(ROOT / "tests/support"))
from seal import seal

AT = "2016-02-11"  # in the midst of a month and of a ramp of the timeline


class Branch(Folder):
    @classmethod
    def setUpClass(cls):
        """The parent is only read: one for all."""
        scratch = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="sahel-cli-"))
        cls.shared = pathlib.Path(scratch)
        cls.parent = cls.shared / "run.h5"
        assert sahel("run", GOOD, "-o", cls.parent, "-q").returncode == 0

    def branch(self, *more, at=AT, parent=None, out="out"):
        return sahel("branch", parent or self.parent, "--at", at, "-o", self.folder / out, *more)

    def overlay(self, text):
        path = self.folder / "overlay.yaml"
        path.write_text(text)
        return path

    def digests(self, path):
        with h5py.File(path) as file:
            return [text.decode() for text in file["digest/hex"]]

    def result(self, replicate=0, out="out"):
        return self.folder / out / f"branch-{replicate:03d}.h5"

    def assertWrong(self, done, *texts):
        self.assertStatus(done, 2)
        for text in texts:
            self.assertIn(text, done.stderr)
        self.assertIn("nothing was run", done.stderr)
        self.assertFalse((self.folder / "out").exists())

    # ---- what comes out ----

    def test_the_first_goes_on_as_the_run_did(self):
        for at in ["2016-01-01", "2016-01-02", AT, "2016-03-01", "2016-03-31"]:
            out = f"out-{at}"
            self.assertStatus(self.branch(at=at, out=out), 0)
            mine, all_of_it = self.digests(self.result(0, out)), self.digests(self.parent)
            self.assertGreaterEqual(len(mine), 1)
            self.assertEqual(mine, all_of_it[-len(mine):])

    def test_keeps_the_days_from_its_date_on(self):
        self.assertStatus(self.branch(), 0)
        with h5py.File(self.parent) as a, h5py.File(self.result()) as b:
            n = b["series/time"].shape[0]
            self.assertEqual(n, 19 + 31)
            for name in ["events", "deaths", "recruits"]:
                self.assertEqual(a["series"][name][-n:].tolist(), b["series"][name][:].tolist())
            first = b["series/time"][0]
            later = a["events/date"][:] >= first
            for name in ["date", "lon", "lat", "kind", "deaths"]:
                self.assertEqual(a["events"][name][:][later].tolist(),
                                 b["events"][name][:].tolist())
            self.assertEqual(b.attrs["start"], AT.encode())
            self.assertEqual(b["branch"].attrs["date"], AT.encode())
            self.assertEqual(b["branch"].attrs["replicate"], 0)
            self.assertEqual(b["branch"].attrs["parent_digest"], a.attrs["digest"])

    def test_other_tools_read_it(self):
        self.assertStatus(self.branch("--replicates", "2"), 0)
        done = sahel("info", self.result())
        self.assertStatus(done, 0)
        self.assertIn(f"{AT} to 2016-03-31", done.stdout)
        self.assertStatus(sahel("events", self.result(), "--csv"), 0)
        self.assertStatus(sahel("map", self.result(), "--field", "control", "--from", AT, "--to",
                                "2016-03-31", "-o", self.folder / "map.png"), 0)
        self.assertStatus(sahel("diff", self.result(0), self.result(1)), 1)
        self.assertStatus(sahel("diff", self.result(0), self.result(0)), 0)

    def test_replicates_differ_and_repeat(self):
        self.assertStatus(self.branch("--replicates", "4"), 0)
        self.assertStatus(self.branch("--replicates", "4", "--threads", "2", out="again"), 0)
        seeds, digests = set(), set()
        for r in range(4):
            with h5py.File(self.result(r)) as file:
                seeds.add(int(file.attrs["seed"][0]))
                digests.add(file.attrs["digest"])
            self.assertStatus(sahel("diff", self.result(r), self.result(r, "again")), 0)
        self.assertEqual((len(seeds), len(digests)), (4, 4))
        # SplitMix64 begun at 1, its first draw shifted right by 11
        self.assertIn(5103132997656651, seeds)

    def test_is_repeated_from_its_file_alone(self):
        overlay = self.overlay("mechanisms: {gold: off}\n")
        self.assertStatus(self.branch("--replicates", "2", "--overlay", overlay), 0)
        overlay.unlink()
        self.assertStatus(sahel("rerun", self.result(1)), 0)
        # and a branch of a branch, beyond the end of both
        done = self.branch("--set", "run.end=2016-04-20", at="2016-04-01", out="third",
                           parent=self.result(1))
        self.assertStatus(done, 0)
        self.assertStatus(sahel("rerun", self.result(0, "third")), 0)
        with h5py.File(self.result(0, "third")) as file:
            self.assertEqual([text.decode() for text in file["branch/until"]],
                             ["2016-02-10", "2016-03-31"])
            self.assertEqual(file.attrs["end"], b"2016-04-20")

    def test_goes_on_beyond_the_end_as_a_longer_run_would(self):
        longer = self.folder / "longer.h5"
        self.assertStatus(sahel("run", GOOD, "-o", longer, "-q", "--set", "run.end=2016-04-30"), 0)
        self.assertStatus(self.branch("--set", "run.end=2016-04-30", at="2016-04-01"), 0)
        self.assertEqual(self.digests(longer)[-1], self.digests(self.result())[-1])

    def test_an_overlay_acts_from_the_date_on(self):
        overlay = self.overlay(f"""\
title: Fewer soldiers
forces:
  mali_army: {{patrol_rate: 0}}
timeline:
  - {{date: {AT}, what: forces.mali_army.strength, to: 0, why: a test}}
""")
        self.assertStatus(self.branch("--overlay", overlay), 0)
        with h5py.File(self.result()) as file:
            self.assertEqual(file.attrs["title"], b"Fewer soldiers")
            self.assertEqual(file["branch/overlay"][()].decode(), overlay.read_text())
            self.assertNotEqual(file.attrs["digest"].decode(), self.digests(self.parent)[-1])
            paths = [p.decode() for p in file["parameters/parameter"]]
            number = file["parameters/number"][:]
            self.assertEqual(number[paths.index("forces.mali_army.strength")], 0)
            self.assertEqual(number[paths.index("forces.mali_army.patrol_rate")], 0)

    # ---- again, stopped, in the way ----

    def test_what_is_done_is_skipped(self):
        self.assertStatus(self.branch("--replicates", "2"), 0)
        before = self.result(1).stat().st_mtime_ns
        done = self.branch("--replicates", "3")
        self.assertStatus(done, 0)
        self.assertEqual(done.stderr.count("is done already"), 2)
        self.assertEqual(self.result(1).stat().st_mtime_ns, before)
        self.assertTrue(self.result(2).exists())

    def test_nothing_else_is_overwritten(self):
        self.assertStatus(self.branch("--replicates", "2"), 0)
        digests = self.digests(self.result())
        for more in [["--set", "mechanisms.gold=off"], ["--overlay", self.overlay("title: x\n")]]:
            done = self.branch("--replicates", "3", *more)
            self.assertStatus(done, 2)
            self.assertEqual(done.stderr.count("--force overwrites it"), 2)
            self.assertEqual(self.digests(self.result()), digests)
            self.assertFalse(self.result(2).exists())
        self.assertStatus(self.branch("--force", "--set", "run.end=2016-02-20"), 0)
        self.assertNotEqual(self.digests(self.result()), digests)

    def test_stopped_killed_and_gone_on_with(self):
        many = ["--replicates", "12", "-q"]
        for number, status in ((signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)):
            ndone = len(list(self.folder.glob("out/*.h5")))
            process = subprocess.Popen(
                [PROGRAM, "branch", self.parent, "--at", AT, "-o", self.folder / "out", *many],
                cwd=ROOT, stderr=subprocess.PIPE, text=True)
            while not list(self.folder.glob(f"out/branch-{ndone + 1:03d}.h5.part")):
                self.assertIsNone(process.poll())
                time.sleep(0.002)
            process.send_signal(number)
            message = process.communicate()[1]
            self.assertEqual(process.returncode, status, message)
            if number == signal.SIGINT:
                self.assertIn("the same command goes on", message)
            self.assertFalse(self.result(11).exists())
        self.assertTrue(list(self.folder.glob("out/*.part")))
        self.assertStatus(self.branch(*many), 0)
        self.assertEqual(len(list(self.folder.glob("out/*.h5"))), 12)
        self.assertFalse(list(self.folder.glob("out/*.part")))

    # ---- refusals ----

    def test_what_the_past_was_built_on_stays(self):
        overlay = self.overlay("""\
run: {start: 2015-01-01, people_per_agent: 100}
grid: {cell: 0.25}
communities: {poverty: 0.1, fear_half_life: 100}
factions:
  - {name: another, strength: 50}
forces:
  mali_army: {strength: 5000}
timeline:
  - {date: 2016-01-05, what: forces.mali_army.armour, to: 0.5}
  - {date: 2016-03-01, what: forces.mali_army.strength, to: 4500}
""")
        self.assertWrong(self.branch("--overlay", overlay),
                         "overlay.yaml:1:14: run.start", "overlay.yaml:1:44: run.people_per_agent",
                         "overlay.yaml:2:14: grid.cell", "overlay.yaml:3:24: communities.poverty",
                         "overlay.yaml:5:12: factions = another",
                         "overlay.yaml:7:25: forces.mali_army.strength",
                         "overlay.yaml:9:5: timeline", "7 errors")

    def test_lists_and_entries_that_are_gone(self):
        overlay = self.overlay("""\
factions: {macina: {remove: true}}
timeline:
  - {date: 2016-02-01, what: forces.mali_army.strength, remove: true}
""")
        self.assertWrong(self.branch("--overlay", overlay), "factions = macina",
                         "the entry of 2016-02-01 for forces.mali_army.strength is missing")

    def test_mistakes_of_every_kind_at_once(self):
        overlay = self.overlay("grid: {cell: 0.25}\nrecruitment: {base_rat: 1}\n")
        self.assertWrong(self.branch("--overlay", overlay), "grid.cell", "did you mean base_rate",
                         "2 errors")
        self.assertWrong(self.branch("--overlay", self.overlay("base: x.yaml\n")), "overlay.yaml:1:1")
        self.assertWrong(self.branch("--overlay", self.overlay("- a\n")), "expected sections")
        self.assertWrong(self.branch("--overlay", self.folder / "none.yaml"), "none.yaml")

    def test_dates(self):
        for at in ["2015-12-31", "2016-04-02"]:
            self.assertWrong(self.branch(at=at), f"--at {at}", "2016-01-01..2016-04-01")
        self.assertWrong(self.branch(at="2016-04-01"), "run.end")
        self.assertStatus(self.branch(at="soon"), 2)
        self.assertStatus(sahel("branch", self.parent, "-o", self.folder / "out"), 2)
        self.assertStatus(sahel("branch", self.parent, "--at", AT), 2)
        self.assertStatus(self.branch("--replicates", "0"), 2)

    def test_what_is_no_result(self):
        self.assertWrong(self.branch(parent=ROOT / GOOD), "good.yaml")
        self.assertWrong(self.branch(parent=self.folder / "none.h5"), "none.h5")

    def test_a_past_that_does_not_come_again(self):
        other = self.folder / "other.h5"
        shutil.copy(self.parent, other)
        with h5py.File(other, "r+") as file:
            hexes = file["digest/hex"]
            hexes[0] = "0" * 32
        seal(other)
        done = self.branch(parent=other)
        self.assertStatus(done, 2)
        self.assertIn("does not come out again: the digest of 2016-01-31", done.stderr)
        self.assertFalse(self.result().exists())


if __name__ == "__main__":
    unittest.main()
