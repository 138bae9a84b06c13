"""Stopped, killed and gone on with: always the same result, byte for byte.

SAHEL_KILLS tells how many random moments are tried (50; the slow test tries 1,000)."""
import os
import random
import shutil
import signal
import subprocess
import time
import unittest

from support import GOOD, PROGRAM, ROOT, Folder, sahel

KILLS = int(os.environ.get("SAHEL_KILLS", "50"))
LONGER = ["--set", "run.end=2017-03-31", "--set", "run.people_per_agent=200"]


class Resume(Folder):
    def run_whole(self, *more):
        path = self.folder / "whole.h5"
        self.assertStatus(sahel("run", GOOD, "-o", path, "-q", *LONGER, *more), 0)
        return path

    def assertSame(self, a, b):
        done = sahel("diff", a, b)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def start(self, path, *more):
        return subprocess.Popen(
            [PROGRAM, "run", GOOD, "-o", path, "-q", "--checkpoint-every", "20d", *LONGER,
             *more], cwd=ROOT, stderr=subprocess.PIPE, text=True)

    def test_killed_at_random_moments(self):
        chance = random.Random(20160101)
        begun = time.monotonic()
        whole = self.run_whole()
        seconds = time.monotonic() - begun
        resumed = 0
        for k in range(KILLS):
            path = self.folder / f"{k}.h5"
            process = self.start(path)
            time.sleep(chance.uniform(0, seconds))
            process.kill()
            process.communicate()
            if path.exists():
                seconds *= 0.9  # it came to its end: the machine has less to do than before
            work = path.with_name(path.name + ".part")
            if not path.exists() and not (work / "layout.txt").exists():
                continue  # killed before there was anything to go on from
            resumed += not path.exists()
            done = sahel("resume", path, "-q", "--threads", 1 + k % 2)
            self.assertStatus(done, 0)
            self.assertFalse(work.exists())
            self.assertSame(whole, path)
            path.unlink()
        self.assertGreater(resumed, KILLS // 5, "too few kills hit a running run")

    def test_killed_again_while_resuming(self):
        whole = self.run_whole()
        path = self.folder / "twice.h5"
        process = self.start(path)
        while not (self.folder / "twice.h5.part/checkpoint").exists():
            time.sleep(0.005)
        process.kill()
        process.communicate()
        for _ in range(5):
            again = subprocess.Popen([PROGRAM, "resume", path, "-q"], cwd=ROOT,
                                     stderr=subprocess.PIPE)
            time.sleep(0.06)
            again.kill()
            again.communicate()
        if not path.exists():
            self.assertStatus(sahel("resume", path, "-q"), 0)
        self.assertSame(whole, path)

    def test_a_signal_leaves_a_checkpoint_and_says_how_to_go_on(self):
        whole = self.run_whole()
        for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            path = self.folder / f"stopped-{number}.h5"
            process = self.start(path)
            while not (self.folder / f"{path.name}.part/layout.txt").exists():
                time.sleep(0.005)
            process.send_signal(number)
            message = process.communicate()[1]
            if process.returncode == 0:
                continue  # it was faster than the signal
            self.assertEqual(process.returncode, status)
            self.assertIn(f"sahel resume {path}", message)
            self.assertStatus(sahel("resume", path, "-q"), 0)
            self.assertSame(whole, path)

    def test_killed_before_the_first_checkpoint(self):
        whole = self.run_whole()
        path = self.folder / "early.h5"
        process = self.start(path, "--checkpoint-every", "0")
        while not (self.folder / "early.h5.part/layout.txt").exists():
            time.sleep(0.005)
        process.kill()
        process.communicate()
        self.assertFalse((self.folder / "early.h5.part/checkpoint").exists())
        self.assertStatus(sahel("resume", path, "-q"), 0)
        self.assertSame(whole, path)

    def test_at_every_month(self):
        whole = self.run_whole()
        monthly = self.folder / "monthly.h5"
        self.assertStatus(sahel("run", GOOD, "-o", monthly, "-q", *LONGER,
                                "--checkpoint-every", "30d"), 0)
        self.assertSame(whole, monthly)

    def test_the_scenario_may_be_gone(self):
        whole = self.run_whole()
        scenario = self.folder / "mine.yaml"
        text = (ROOT / GOOD).read_text()
        scenario.write_text(text.replace("../../scenarios", str(ROOT / "scenarios")))
        path = self.folder / "orphan.h5"
        process = subprocess.Popen([PROGRAM, "run", scenario, "-o", path, "-q", *LONGER],
                                   cwd=ROOT, stderr=subprocess.PIPE)
        while not (self.folder / "orphan.h5.part/layout.txt").exists():
            time.sleep(0.005)
        process.kill()
        process.communicate()
        scenario.unlink()
        self.assertStatus(sahel("resume", path, "-q"), 0)
        self.assertEqual(sahel("digest", path).stdout.split()[-1],
                         sahel("digest", whole).stdout.split()[-1])

    def test_remains_of_a_finished_run_are_swept(self):
        """Killed after its result was in place, while its work was being thrown away."""
        path = self.run_whole()
        work = path.with_name(path.name + ".part")
        work.mkdir()
        (work / "lock").touch()
        (work / "series.raw").write_bytes(b"remains")
        self.assertStatus(sahel("resume", path, "-q"), 0)
        self.assertFalse(work.exists())
        self.assertTrue(path.exists())

    def test_killed_with_its_result_in_place(self):
        """Killed before any of its work was thrown away: the result has two names."""
        path = self.folder / "twice-named.h5"
        process = self.start(path)
        work = path.with_name(path.name + ".part")
        while not (work / "checkpoint").exists():
            time.sleep(0.005)
        process.kill()
        process.communicate()
        os.link(self.run_whole(), work / "packed.h5")
        os.link(work / "packed.h5", path)
        before = path.read_bytes()
        done = sahel("resume", path)
        self.assertStatus(done, 0)
        self.assertIn("is finished", done.stderr)
        self.assertFalse(work.exists())
        self.assertEqual(path.read_bytes(), before)

    def test_finished_and_unknown(self):
        whole = self.run_whole()
        done = sahel("resume", whole)
        self.assertStatus(done, 0)
        self.assertIn("is finished", done.stderr)
        self.assertStatus(sahel("resume", self.folder / "never.h5"), 2)

    def damaged(self, name, change):
        """Unfinished work whose file `name` was changed is refused, and kept."""
        path = self.folder / "damaged.h5"
        work = self.folder / "damaged.h5.part"
        shutil.rmtree(work, ignore_errors=True)
        process = self.start(path)
        while not (work / "checkpoint").exists():
            time.sleep(0.005)
        process.kill()
        process.communicate()
        file = work / name
        data = file.read_bytes()
        file.write_bytes(change(data))
        done = sahel("resume", path, "-q")
        self.assertIn(done.returncode, (2, 3), done.stderr)
        self.assertIn(name, done.stderr)
        self.assertFalse(path.exists())
        self.assertTrue(work.exists())

    def test_damaged_work_is_refused(self):
        middle = lambda data: data[:len(data) // 2]
        flip = lambda data: data[:-40] + bytes([data[-40] ^ 1]) + data[-39:]
        self.damaged("checkpoint", middle)
        self.damaged("checkpoint", flip)
        self.damaged("checkpoint", lambda data: b"something else" + data[14:])
        self.damaged("restart", middle)


class Rerun(Folder):
    def test_repeats_from_the_file_alone(self):
        path = self.folder / "run.h5"
        self.assertStatus(sahel("run", GOOD, "-o", path, "-q"), 0)
        done = sahel("rerun", path)
        self.assertStatus(done, 0)
        self.assertIn("the same digest", done.stderr)
        self.assertEqual(done.stdout, "")

    def test_no_result(self):
        self.assertStatus(sahel("rerun", ROOT / GOOD), 2)


if __name__ == "__main__":
    unittest.main()
