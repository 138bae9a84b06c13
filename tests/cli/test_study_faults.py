"""sahel study run and all that can happen to it: killed workers and masters, two masters
at once, a damaged result, a changed study, a run that fails, a full disk, a clock that
jumps. Afterwards the study is what it is undisturbed, byte for byte in every dataset."""
import os
import pathlib
import signal
import subprocess
import time
import unittest

from studies import BOX, children, leavings, wait_until, write_study
from support import PROGRAM, ROOT, Folder, sahel


class Faults(Folder):
    def setUp(self):
        super().setUp()
        self.study, self.out = self.folder / "study.yaml", self.folder / "out"
        self.runs = write_study(self.study, replicates=6)

    def command(self, out=None, jobs=2, more=()):
        return [PROGRAM, "study", "run", str(self.study), "-o", str(out or self.out),
                "--jobs", str(jobs), *map(str, more)]

    def start(self, **how):
        return subprocess.Popen(self.command(**how), cwd=ROOT, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def finish(self, out=None, **how):
        done = subprocess.run(self.command(out=out, **how), cwd=ROOT, text=True,
                              capture_output=True, timeout=300)
        self.assertStatus(done, 0)
        return done.stderr

    def undisturbed(self):
        self.finish(out=self.folder / "alone", jobs=1)
        return leavings(self.folder / "alone")

    def records(self):
        return sorted(self.out.glob("runs/[0-9]*"))

    def wait_for(self, n, job=None):
        wait_until(lambda: len(self.records()) >= n or (job and job.poll() is not None))

    def rerun_whole(self):
        self.finish()
        self.assertEqual(leavings(self.out), self.undisturbed())

    def test_killed_workers_are_replaced(self):
        job = self.start()
        for n in (1, 4):
            self.wait_for(n, job)
            for worker in children(job.pid)[:1]:
                os.kill(worker, signal.SIGKILL)
        told = job.communicate(timeout=120)[1]
        self.assertEqual(job.returncode, 0, told)
        self.assertEqual(leavings(self.out), self.undisturbed())

    def test_a_killed_master_takes_its_workers_along(self):
        job = self.start()
        self.wait_for(3)
        workers = children(job.pid)
        job.kill()
        job.communicate()
        wait_until(lambda: not any(pathlib.Path(f"/proc/{w}").exists() and "Z" not in
                                   pathlib.Path(f"/proc/{w}/stat").read_text().split()[2]
                                   for w in workers), 10)
        self.assertGreaterEqual(len(self.records()), 3)
        self.assertLess(len(self.records()), self.runs)
        self.rerun_whole()

    def test_an_interrupt_ends_it_and_keeps_what_is_done(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            job = self.start()
            self.wait_for(len(self.records()) + 2)
            job.send_signal(number)
            told = job.communicate(timeout=60)[1]
            self.assertEqual(job.returncode, 128 + number, told)
            self.assertIn("goes on", told)
        self.assertLess(len(self.records()), self.runs)
        self.rerun_whole()

    def test_two_masters_share_the_runs(self):
        jobs = [self.start(jobs=1) for _ in range(2)]
        for job in jobs:
            told = job.communicate(timeout=120)[1]
            self.assertEqual(job.returncode, 0, told)
        self.rerun_whole()

    def test_shards_together_are_the_whole(self):
        for part in ("2/3", "1/3", "3/3"):
            self.finish(more=("--shard", part))
        self.assertEqual(leavings(self.out), self.undisturbed())

    def test_a_damaged_result_is_made_again(self):
        job = self.start()
        self.wait_for(4)
        job.send_signal(signal.SIGINT)
        job.communicate(timeout=60)
        flipped, cut = self.records()[0], self.records()[1]
        data = bytearray(flipped.read_bytes())
        data[len(data) // 2] ^= 1
        flipped.write_bytes(data)
        cut.write_bytes(cut.read_bytes()[:100])
        status = sahel("study", "status", self.study, "-o", self.out, "--csv")
        self.assertIn("damaged", status.stdout.lower() + status.stderr.lower())
        self.rerun_whole()

    def test_a_changed_study_is_refused_with_what_changed(self):
        self.finish()
        before = leavings(self.out)
        text = self.study.read_text()
        for old, new, told in (("seed: 3", "seed: 4", "seed"),
                               ("replicates: 6", "replicates: 7", "replicates"),
                               ("to: 2", "to: 3", "gold.price"),
                               ("run.end: 2017-01-20", "run.end: 2017-01-21", "2017-01-21")):
            self.study.write_text(text.replace(old, new))
            done = sahel("study", "run", self.study, "-o", self.out)
            self.assertStatus(done, 2)
            self.assertIn(told, done.stderr)
        self.assertEqual(leavings(self.out), before)
        self.study.write_text("# a comment changes nothing\n" + text)
        self.finish()

    def test_a_folder_of_something_else_is_left_alone(self):
        self.out.mkdir()
        (self.out / "thesis.txt").write_text("years of work")
        done = sahel("study", "run", self.study, "-o", self.out)
        self.assertStatus(done, 2)
        self.assertEqual(os.listdir(self.out), ["thesis.txt"])

    def test_a_run_that_fails_by_design_is_marked_and_the_others_go_on(self):
        self.study.write_text(f"""scenario: {BOX}
set: {{run.end: 2017-01-05, grid.cell: 1 deg}}
replicates: 2
design:
  kind: grid
  vary: {{run.start: [2017-01-01, 2017-02-01]}}
keep: {{series: month}}
""")
        done = subprocess.run(self.command(), cwd=ROOT, text=True, capture_output=True)
        self.assertStatus(done, 3)
        self.assertIn("2 of 4 runs failed", done.stderr)
        told = sahel("study", "status", self.study, "-o", self.out)
        self.assertIn("must not lie before run.start", told.stdout)
        fast = subprocess.run(self.command(out=self.folder / "fast", jobs=1,
                                           more=["--fail-fast"]),
                              cwd=ROOT, text=True, capture_output=True)
        self.assertStatus(fast, 3)
        self.assertIn("a run failed", fast.stderr)

    def test_a_clock_that_jumps_changes_nothing(self):
        job = self.start()
        self.wait_for(3)
        job.send_signal(signal.SIGINT)
        job.communicate(timeout=60)
        for path, years in zip(self.records(), (-30, 30, 5)):
            moment = time.time() + years * 365 * 86400
            os.utime(path, (moment, moment))
        self.rerun_whole()

    def test_a_full_disk_ends_it_and_more_room_goes_on(self):
        done = subprocess.run(["sh", "-c", 'ulimit -f 4; exec "$@"', "sh", *self.command()],
                              cwd=ROOT, text=True, capture_output=True, timeout=120)
        self.assertStatus(done, 3)
        self.assertIn("goes on", done.stderr)
        self.rerun_whole()


if __name__ == "__main__":
    unittest.main()
