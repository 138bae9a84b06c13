"""sahel run: what it leaves, what it says, what it refuses, how it stops."""
import json
import os
import pty
import select
import signal
import subprocess
import time
import unittest

from support import BASE, GOOD, PROGRAM, ROOT, Folder, sahel

SHORT = ["--set", "run.end=2016-01-20"]


def start(*arguments):
    return subprocess.Popen([PROGRAM, *map(str, arguments)], cwd=ROOT, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


class Runs(Folder):
    def run_short(self, name="run.h5", *more):
        return sahel("run", GOOD, "-o", self.folder / name, *SHORT, *more)

    def test_says_who_and_how_much_on_standard_error(self):
        done = self.run_short()
        self.assertStatus(done, 0)
        self.assertEqual(done.stdout, "")
        for text in ["sahel ", "good.yaml", "seed       1", "threads", "agent-steps",
                     "in all", "memory", "digest", "run.h5"]:
            self.assertIn(text, done.stderr)
        self.assertTrue((self.folder / "run.h5").exists())
        self.assertFalse((self.folder / "run.h5.part").exists())
        digest = sahel("digest", self.folder / "run.h5").stdout.split()[-1]
        self.assertRegex(digest, "^[0-9a-f]{32}$")
        self.assertIn(digest, done.stderr)

    def test_quietly(self):
        done = self.run_short("run.h5", "--quiet", "--maps", self.folder / "maps")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertTrue((self.folder / "run.h5").exists())
        self.assertTrue(list((self.folder / "maps").glob("*.png")))

    def test_same_on_any_number_of_threads(self):
        self.assertStatus(self.run_short("one.h5", "--threads", "1"), 0)
        self.assertStatus(self.run_short("three.h5", "--threads", "3"), 0)
        done = sahel("run", GOOD, "-o", self.folder / "two.h5", *SHORT,
                     env={"OMP_NUM_THREADS": "2"})
        self.assertIn("threads    2", done.stderr)
        for other in ["two.h5", "three.h5"]:
            self.assertStatus(sahel("diff", self.folder / "one.h5", self.folder / other), 0)

    def test_json(self):
        done = self.run_short("run.h5", "--log", "json")
        self.assertStatus(done, 0)
        self.assertEqual(done.stdout, "")
        lines = [json.loads(line) for line in done.stderr.splitlines()]
        kinds = [line["type"] for line in lines]
        self.assertEqual((kinds[0], kinds[-1]), ("start", "end"))
        self.assertEqual(set(kinds[1:-1]), {"progress"})
        self.assertEqual(lines[-1]["outcome"], "done")
        self.assertEqual(lines[-1]["bytes"], (self.folder / "run.h5").stat().st_size)
        self.assertGreater(lines[-1]["agent_steps_per_second"], 0)

    def test_json_errors(self):
        done = sahel("run", GOOD, "-o", self.folder / "run.h5", "--log", "json", "--set",
                     "run.seed=x")
        self.assertStatus(done, 2)
        lines = [json.loads(line) for line in done.stderr.splitlines()]
        self.assertEqual([line["type"] for line in lines], ["error"])
        self.assertIn("run.seed = x", lines[0]["message"])


class Refusals(Folder):
    def assertRefused(self, done, text):
        self.assertStatus(done, 2)
        self.assertIn(text, done.stderr)
        self.assertIn("nothing was run", done.stderr)

    def test_nothing_is_overwritten(self):
        target = self.folder / "run.h5"
        target.write_text("precious")
        self.assertRefused(sahel("run", GOOD, "-o", target), "exists already")
        self.assertEqual(target.read_text(), "precious")
        self.assertEqual(os.listdir(self.folder), ["run.h5"])
        self.assertStatus(sahel("run", GOOD, "-o", target, "--force", *SHORT), 0)
        self.assertNotEqual(target.stat().st_size, len("precious"))

    def test_pictures_are_not_overwritten(self):
        maps = self.folder / "maps"
        maps.mkdir()
        (maps / "control.png").write_text("precious")
        done = sahel("run", GOOD, "-o", self.folder / "run.h5", "--maps", maps)
        self.assertRefused(done, "holds pictures already")
        self.assertFalse((self.folder / "run.h5").exists())

    def test_places_that_are_no_targets(self):
        scenario = self.folder / "good.yaml"
        text = (ROOT / GOOD).read_text()
        scenario.write_text(text)
        self.assertRefused(sahel("run", scenario, "-o", scenario, "--force"),
                           "the scenario itself is no target")
        self.assertEqual(scenario.read_text(), text)
        self.assertRefused(sahel("run", GOOD, "-o", self.folder), "is not a regular file")
        self.assertRefused(sahel("run", GOOD, "-o", self.folder / "no/run.h5"),
                           "there is no folder")
        self.assertRefused(sahel("run", GOOD, "-o", ""), "an empty name")

    def test_a_bad_scenario_leaves_nothing(self):
        done = sahel("run", GOOD, "-o", self.folder / "run.h5", "--set", "run.sed=2")
        self.assertRefused(done, "did you mean seed?")
        self.assertEqual(os.listdir(self.folder), [])


class Stops(Folder):
    def stop(self, number, status):
        target = self.folder / "run.h5"
        run = start("run", BASE, "-o", target, "--set", "run.end=2045-12-31", "--log",
                    "json")
        while '"progress"' not in run.stderr.readline():
            self.assertIsNone(run.poll(), "the run ended before it was stopped")
        run.send_signal(number)
        _, said = run.communicate(timeout=60)
        self.assertEqual(run.returncode, status, said)
        end = json.loads(said.splitlines()[-1])
        self.assertEqual((end["type"], end["outcome"]), ("end", "stopped"))
        self.assertFalse(target.exists())
        self.assertTrue((self.folder / "run.h5.part").is_dir())
        return target

    def test_interrupt(self):
        target = self.stop(signal.SIGINT, 130)
        done = sahel("run", GOOD, "-o", target, *SHORT)
        self.assertStatus(done, 2)
        self.assertIn("run.h5.part", done.stderr)
        self.assertStatus(sahel("run", GOOD, "-o", target, "--force", *SHORT), 0)
        self.assertEqual(os.listdir(self.folder), ["run.h5"])

    def test_termination(self):
        self.stop(signal.SIGTERM, 143)

    def test_message(self):
        run = start("run", BASE, "-o", self.folder / "run.h5", "--set",
                    "run.end=2045-12-31", "--quiet")
        while not (self.folder / "run.h5.part" / "series.raw").exists():
            self.assertIsNone(run.poll(), "the run ended before it was stopped")
            time.sleep(0.02)
        time.sleep(0.5)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 130)
        self.assertRegex(said, r"stopped by SIGINT after \d{4}-\d\d-\d\d")
        self.assertIn("to go on from the latest checkpoint: sahel resume", said)


class Terminal(Folder):
    def test_one_line_is_written_over(self):
        try:
            keeper, terminal = pty.openpty()
        except OSError as error:
            self.skipTest(f"no terminal is to be had here: {error}")
        run = subprocess.Popen([PROGRAM, "run", GOOD, "-o", self.folder / "run.h5"],
                               cwd=ROOT, stderr=terminal, stdout=subprocess.DEVNULL)
        os.close(terminal)
        said = b""
        while select.select([keeper], [], [], 60)[0]:
            try:
                piece = os.read(keeper, 4096)
            except OSError:
                break
            if not piece:
                break
            said += piece
        self.assertEqual(run.wait(), 0)
        os.close(keeper)
        last = said.decode().split("\r2016")[-1]
        self.assertIn("100 %", last)
        self.assertIn("events", last)
        self.assertIn("agent-steps/s", last)
        self.assertIn("left", last)


if __name__ == "__main__":
    unittest.main()
