"""Every n-th allocation fails, once or from there on: an error, never a crash.

Two sets of callers: the program's own allocations, one by one where there are few; and
all of them, with those of libc, HDF5, libfyaml and GSL, sampled. `sahel map` is tried
with the first set only: Pango, Cairo and fontconfig allocate through GLib, which ends the
program without memory by design; libgomp does so too (see fail_alloc.c)."""
import itertools
import os
import pathlib
import shutil

from support import Faults, count_calls, main, preload, sahel, sample


def whose_is(whose):
    return {} if whose == "program" else {"FAULT_WHOSE": whose}


class Allocations(Faults):
    def commands(self, folder):
        """name, arguments, whether it writes a result"""
        good, scene = self.scene.good, self.scene
        return {
            "run": ["run", scene.scenario, "-o", folder / "run.h5", "-q", "--checkpoint-every", "10d"],
            "resume": ["resume", folder / "run.h5", "-q"],
            "rerun": ["rerun", good, "-q"],
            "check": ["check", scene.scenario],
            "info": ["info", good],
            "digest": ["digest", good],
            "events": ["events", good, "--csv"],
            "ledger": ["ledger", good, "--csv"],
            "diff": ["diff", good, good],
            "map": ["map", good, "--field", "deaths", "-o", folder / "map.png", "--dpi", "30"],
        }

    def prepare(self, name):
        folder = pathlib.Path(self.folder / f"{name}-{next(self.number)}")
        folder.mkdir()
        if name == "resume":
            self.scene.give_unfinished(folder / "run.h5")
        return folder

    def setUp(self):
        super().setUp()
        self.number = itertools.count()

    def judge_output(self, name, folder, done):
        if name in ("run", "resume"):
            self.judge_target(folder / "run.h5")
            if done.returncode == 0:
                self.assertTrue((folder / "run.h5").exists(), "status 0 and no result")
            self.judge_way_on(folder / "run.h5")
        elif name == "map":
            found = sorted(path.name for path in folder.iterdir() if path.name != "report")
            self.assertEqual(found, [] if done.returncode else ["map.png"])
            if not done.returncode:
                self.assertEqual((folder / "map.png").read_bytes(), self.expected["map"])
        elif done.returncode == 0:
            self.assertEqual(done.stdout, self.expected[name], "status 0 and another answer")

    def try_one(self, name, whose, mode, n):
        folder = self.prepare(name)
        report = folder / "report"
        done = sahel(*self.commands(folder)[name],
                     env=preload("fail_alloc", **whose_is(whose), FAULT_MODE=mode, FAULT_AT=n, FAULT_REPORT=report))
        place = [line for line in report.read_text().splitlines() if line[0] == "f"] if report.exists() else []
        try:
            self.judge(done, allowed=(3,))
            self.judge_output(name, folder, done)
        except AssertionError as error:
            raise AssertionError(f"{place and place[0]}: {error}") from None
        shutil.rmtree(folder)

    def expect(self, name):
        folder = self.prepare(name)
        done = sahel(*self.commands(folder)[name])
        self.assertEqual(done.returncode, 0, done.said)
        self.expected[name] = (folder / "map.png").read_bytes() if name == "map" else done.stdout

    def command(self, name, sets):
        self.expected = {}
        self.expect(name)
        if os.environ.get("ONLY"): sets = [x for x in sets if x[0] == os.environ["ONLY"]]
        for whose, first, spread in sets:
            folder = self.prepare(name)
            total = count_calls(self.commands(folder)[name], "fail_alloc", folder, **whose_is(whose))
            cases = [(mode, n) for n in sample(total, first, spread) for mode in ("once", "on")]
            self.each(lambda case: self.try_one(name, whose, *case), cases, f"{name}, allocations of {whose}")
            print(f"{name}: {len(cases)} failures among {total} allocations of {whose}")

    def test_run(self):
        self.command("run", [("program", 10, 30), ("fyaml", 5, 10), ("hdf5_serial.", 5, 15)])

    def test_resume(self):
        self.command("resume", [("program", 10, 20), ("hdf5_serial.", 5, 10)])

    def test_rerun(self):
        self.command("rerun", [("program", 5, 10), ("hdf5_serial.", 5, 10)])

    def test_check(self):
        self.command("check", [("program", 20, 20), ("fyaml", 20, 20)])

    def test_info(self):
        self.command("info", [("program", 20, 20), ("hdf5_serial.", 10, 20)])

    def test_digest(self):
        self.command("digest", [("program", 20, 20)])

    def test_events(self):
        self.command("events", [("program", 10, 20)])

    def test_ledger(self):
        self.command("ledger", [("program", 10, 20)])

    def test_diff(self):
        self.command("diff", [("program", 10, 20), ("hdf5_serial.", 10, 20)])

    def test_map(self):
        self.command("map", [("program", 20, 30)])


if __name__ == "__main__":
    main()
