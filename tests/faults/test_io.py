"""Every n-th call to the file system fails with ENOSPC, EDQUOT or EIO, or is short.

The whole result or none under the final name; what is left can be gone on with."""
import itertools
import pathlib
import shutil

from support import Faults, count_calls, main, preload, sahel, sample

WRITING = [("write", "ENOSPC"), ("write", "short"), ("write", "EIO"), ("open", "EDQUOT"), ("sync", "EIO"),
           ("close", "EIO"), ("rename", "EIO"), ("truncate", "ENOSPC"), ("mkdir", "ENOSPC"), ("read", "EIO"),
           ("read", "short")]
READING = [("open", "EIO"), ("read", "EIO"), ("read", "short"), ("close", "EIO")]


class Calls(Faults):
    def setUp(self):
        super().setUp()
        self.number = itertools.count()

    def prepare(self, name):
        folder = pathlib.Path(self.folder / f"{name}-{next(self.number)}")
        (folder / "at").mkdir(parents=True)
        if name == "resume":
            self.scene.give_unfinished(folder / "at/run.h5")
        if name in ("rerun", "info", "events", "map"):
            shutil.copy(self.scene.good, folder / "at/good.h5")
        return folder

    def arguments(self, name, folder):
        at = folder / "at"
        return {
            "run": ["run", self.scene.scenario, "-o", at / "run.h5", "-q", "--checkpoint-every", "10d"],
            "resume": ["resume", at / "run.h5", "-q", "--checkpoint-every", "10d"],
            "rerun": ["rerun", at / "good.h5", "-q"],
            "info": ["info", at / "good.h5"],
            "events": ["events", at / "good.h5", "--csv"],
            "map": ["map", at / "good.h5", "--field", "deaths", "-o", at / "map.png", "--dpi", "30"],
        }[name]

    def judge_result(self, name, folder, done):
        at = folder / "at"
        if name in ("run", "resume"):
            self.judge_target(at / "run.h5")
            if done.returncode == 0:
                self.assertTrue((at / "run.h5").exists(), "status 0 and no result")
            self.judge_way_on(at / "run.h5")
            self.assertEqual([path.name for path in at.iterdir()], ["run.h5"], "something is left")
        elif name == "map":
            self.assertEqual(sorted(path.name for path in at.iterdir()),
                             ["good.h5"] if done.returncode else ["good.h5", "map.png"])
        elif name != "info" and done.returncode == 0:
            self.assertEqual(done.stdout, self.expected)

    def try_one(self, name, call, how, mode, n):
        folder = self.prepare(name)
        report = folder / "report"
        done = sahel(*self.arguments(name, folder),
                     env=preload("fail_io", FAULT_CALL=call, FAULT_HOW=how, FAULT_UNDER=folder / "at",
                                 FAULT_MODE=mode, FAULT_AT=n, FAULT_REPORT=report))
        hit = [line for line in report.read_text().splitlines() if line[0] == "f"] if report.exists() else []
        try:
            self.judge(done)
            self.judge_result(name, folder, done)
        except AssertionError as error:
            raise AssertionError(f"{hit and hit[0].replace(str(folder), '')}: {error}") from None
        shutil.rmtree(folder)

    def command(self, name, calls, first, spread):
        folder = self.prepare(name)
        done = sahel(*self.arguments(name, folder))
        self.assertEqual(done.returncode, 0, done.said)
        self.expected = done.stdout
        for call, how in calls:
            folder = self.prepare(name)
            total = count_calls(self.arguments(name, folder), "fail_io", folder,
                                FAULT_CALL=call, FAULT_UNDER=folder / "at")
            modes = ["once", "on"] if how == "ENOSPC" else ["once"]
            if not total:
                continue  # this command never does that
            cases = [(mode, n) for n in sample(total, first, spread) for mode in modes]
            self.each(lambda case: self.try_one(name, call, how, *case), cases, f"{name}, {call} gives {how}")
            print(f"{name}: {len(cases)} failures among {total} calls of {call}, {how}")

    def test_run(self):
        self.command("run", WRITING, 1, 2)

    def test_resume(self):
        self.command("resume", WRITING, 1, 1)

    def test_map(self):
        self.command("map", WRITING, 1, 1)

    def test_rerun(self):
        self.command("rerun", READING, 1, 2)

    def test_info(self):
        self.command("info", READING, 1, 2)

    def test_events(self):
        self.command("events", READING, 1, 2)


if __name__ == "__main__":
    main()
