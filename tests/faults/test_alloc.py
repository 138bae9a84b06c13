"""Every n-th allocation fails, once or from there on: an error, never a crash.

Asked of the program's own allocations, with those libc makes for it, and of libfyaml's;
that one does not tell want of memory from bad YAML, so that the status may be 2, and
libfyaml 0.7.12 crashes itself at some (in fy_parse_input_append), which is let pass.
Pango, Cairo and fontconfig allocate through GLib, which ends the program without memory
by design, and so does libgomp; they are left alone. HDF5 1.10 crashes or ends the program
at some of its own (a segmentation fault in its error stack, "infinite loop closing
library"); of those it is asked that a status of 0 means the right answer, that under the
final name lies the whole result or nothing, and that resume completes it."""
import itertools
import pathlib
import shutil
import signal

from support import Faults, count_calls, main, preload, sahel, sample


def whose_is(whose):
    return {} if whose == "program" else {"FAULT_WHOSE": whose}


def lasting(told):
    """Without what `check` tells of the moment: free memory and seconds."""
    return [line for line in told.splitlines() if b"of memory;" not in line and b" thread" not in line]


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
            self.assertEqual(lasting(done.stdout), self.expected[name], "status 0 and another answer")

    def try_one(self, name, whose, mode, n):
        folder = self.prepare(name)
        report = folder / "report"
        done = sahel(*self.commands(folder)[name],
                     env=preload("fail_alloc", **whose_is(whose), FAULT_MODE=mode, FAULT_AT=n, FAULT_REPORT=report))
        place = [line for line in report.read_text().splitlines() if line[0] == "f"] if report.exists() else []
        try:
            crashed = whose == "fyaml" and done.returncode == -signal.SIGSEGV
            if "hdf5" not in whose and not crashed:
                self.judge(done, allowed=(2, 3) if whose == "fyaml" else (3,))
            self.judge_output(name, folder, done)
        except AssertionError as error:
            raise AssertionError(f"{place and place[0]}: {error}") from None
        shutil.rmtree(folder)

    def expect(self, name):
        folder = self.prepare(name)
        done = sahel(*self.commands(folder)[name])
        self.assertEqual(done.returncode, 0, done.said)
        self.expected[name] = (folder / "map.png").read_bytes() if name == "map" else lasting(done.stdout)

    def command(self, name, sets):
        self.expected = {}
        self.expect(name)
        for whose, first, spread in sets:
            folder = self.prepare(name)
            total = count_calls(self.commands(folder)[name], "fail_alloc", folder, **whose_is(whose))
            cases = [(mode, n) for n in sample(total, first, spread) for mode in ("once", "on")]
            self.each(lambda case: self.try_one(name, whose, *case), cases, f"{name}, allocations of {whose}")
            print(f"{name}: {len(cases)} failures among {total} allocations of {whose}")

    def test_run(self):
        self.command("run", [("program", 1, 10), ("fyaml", 1, 3), ("hdf5_serial.", 1, 4)])

    def test_resume(self):
        self.command("resume", [("program", 1, 10), ("hdf5_serial.", 1, 4)])

    def test_rerun(self):
        self.command("rerun", [("program", 1, 8), ("hdf5_serial.", 1, 4)])

    def test_check(self):
        self.command("check", [("program", 5, 15), ("fyaml", 10, 10)])

    def test_info(self):
        self.command("info", [("program", 5, 20), ("hdf5_serial.", 5, 10)])

    def test_digest(self):
        self.command("digest", [("program", 5, 10), ("hdf5_serial.", 5, 5)])

    def test_events(self):
        self.command("events", [("program", 2, 10)])

    def test_ledger(self):
        self.command("ledger", [("program", 2, 10)])

    def test_diff(self):
        self.command("diff", [("program", 5, 10), ("hdf5_serial.", 2, 10)])

    def test_map(self):
        self.command("map", [("program", 5, 15)])


if __name__ == "__main__":
    main()
