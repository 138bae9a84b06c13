"""Options that are seldom given, and what becomes of odd but lawful requests."""
import os
import pathlib
import pty
import select
import shutil
import struct
import subprocess
import tempfile
import unittest

from support import GOOD, PROGRAM, ROOT, Folder, sahel


def setUpModule():
    global RESULTS
    RESULTS = pathlib.Path(tempfile.mkdtemp(prefix="sahel-cli-"))
    for seed in [1, 2]:
        done = sahel("run", GOOD, "-o", RESULTS / f"{seed}.h5", "--quiet", "--set", f"run.seed={seed}",
                     "--set", "title=The sands' end")
        assert done.returncode == 0, done.stderr


def tearDownModule():
    shutil.rmtree(RESULTS, ignore_errors=True)


def on_a_terminal(*arguments):
    """What the program tells a terminal, and its exit status."""
    keeper, terminal = pty.openpty()
    run = subprocess.Popen([PROGRAM, *map(str, arguments)], cwd=ROOT, stderr=terminal, stdout=subprocess.DEVNULL)
    os.close(terminal)
    said = b""
    while select.select([keeper], [], [], 120)[0]:
        try:
            piece = os.read(keeper, 4096)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.close(keeper)
    return said.decode(), run.wait()


class Wording(unittest.TestCase):
    def test_show_what_was_given(self):
        given = sahel("show", GOOD, "--given").stdout
        self.assertNotIn("# default", given)
        self.assertIn("good.yaml:", given)
        self.assertLess(len(given), len(sahel("show", GOOD).stdout))

    def test_params_of_one_model(self):
        one = sahel("params", "--model", "sahel", "--all").stdout
        self.assertIn("run.seed", one)
        done = sahel("params", "--model", "sahl")
        self.assertEqual(done.returncode, 2)
        self.assertIn("sahel", done.stderr)

    def test_words_for_the_shell(self):
        words = sahel("help", "--words", "map").stdout.splitlines()
        self.assertIn("--field", [word.split()[0] for word in words])
        self.assertIn("map", sahel("help", "--words").stdout.split())

    def test_manual_escapes_what_roff_would_take(self):
        page = sahel("help", "--man", "run").stdout
        self.assertTrue(page.startswith(".TH"))
        self.assertIn("\\-\\-threads", page)

    def test_numbers_and_dates_of_options(self):
        result = RESULTS / "1.h5"
        for option, value, right in [("--width", "wide", "number in 40..2000"), ("--dpi", "5000", "20..2400"),
                                     ("--from", "2016-02-30", "date such as"), ("--to", "x", "date such as")]:
            done = sahel("map", result, "--field", "deaths", "-o", "never.png", option, value)
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"{option} = {value}", done.stderr)
            self.assertIn(right, done.stderr)

    def test_checkpoint_times(self):
        for text in ["soon", "-3d", "0.5d", "3 km"]:
            done = sahel("run", GOOD, "-o", "never.h5", "--checkpoint-every=" + text)
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"--checkpoint-every {text}: expected a time such as 90d, or 0", done.stderr)


class Pictures(Folder):
    def test_period_width_and_resolution(self):
        picture = self.folder / "a.png"
        done = sahel("map", RESULTS / "1.h5", "--field", "deaths", "-o", picture, "--from", "2016-02-01",
                     "--to", "2016-03-31", "--width", "100", "--dpi", "127")
        self.assertStatus(done, 0)
        width, = struct.unpack(">I", picture.read_bytes()[16:20])
        self.assertEqual(width, 500)

    def test_maps_of_a_run_on_a_terminal(self):
        said, status = on_a_terminal("run", GOOD, "-o", self.folder / "run.h5", "--maps", self.folder / "maps",
                                     "--log", "text", "--checkpoint-every", "0")
        self.assertEqual(status, 0, said)
        self.assertIn("drawing maps ...", said)
        self.assertTrue(list((self.folder / "maps").glob("*.png")))

    def test_maps_that_cannot_be_drawn(self):
        """The result is kept, and said to be; the folder vanishes only while the run goes on."""
        maps = self.folder / "maps"
        maps.mkdir()
        run = subprocess.Popen([PROGRAM, "run", GOOD, "-o", str(self.folder / "run.h5"), "--maps", str(maps),
                                "--set", "run.end=2018-12-31"], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        while not (self.folder / "run.h5.part").exists():
            self.assertIsNone(run.poll())
        maps.rmdir()
        maps.write_text("no folder any more")
        _, said = run.communicate(timeout=120)
        self.assertEqual(run.returncode, 3, said)
        self.assertIn("run.h5 is complete; only the maps are not", said)
        self.assertStatus(sahel("digest", self.folder / "run.h5"), 0)

    def test_empty_names(self):
        for options, text in [(["-o", ""], "an empty name is no target"),
                              (["-o", self.folder / "x.h5", "--maps", ""], "an empty name is no folder"),
                              (["-o", self.folder / "x.h5", "--maps", ROOT / GOOD], "exists and is no folder")]:
            done = sahel("run", GOOD, *options)
            self.assertStatus(done, 2)
            self.assertIn(text, done.stderr)

    def test_the_command_line_can_be_pasted_again(self):
        """Words of the command line are kept as a shell takes them, apostrophes and all."""
        said = sahel("info", RESULTS / "1.h5").stdout
        self.assertIn("sands' end", said)
        done = subprocess.run(["h5dump", "-a", "/provenance/command", str(RESULTS / "1.h5")],
                              capture_output=True, text=True) if shutil.which("h5dump") else None
        if done and done.returncode == 0:
            self.assertIn("'title='\\''Sands'\\'' end'\\'''", done.stdout.replace("\\\\", "\\"))


class Comparison(Folder):
    def test_lines_are_limited(self):
        files = [RESULTS / "1.h5", RESULTS / "2.h5"]
        every = sahel("diff", *files, "--lines", "1000").stdout.splitlines()
        self.assertNotIn("more differences", every[-1])
        left = []
        for lines in [2, 3]:
            told = sahel("diff", *files, "--lines", lines).stdout.splitlines()
            self.assertEqual(told[0], every[0])
            self.assertRegex(told[-1], r"^and \d+ more differences$")
            left.append(int(told[-1].split()[1]))
        self.assertEqual(left[0] - left[1], 1)
        self.assertEqual(sahel("diff", *files, "--lines", "0").returncode, 2)


class Bench(Folder):
    def test_phases_are_shown(self):
        done = sahel("bench", "--model", "sahel", "--size", 1000, "--threads", 1, "--scenario", GOOD)
        self.assertStatus(done, 0)
        head, row, _, phases, people, *rest = done.stdout.splitlines()
        self.assertIn("agent-steps/s", head)
        self.assertTrue(row.startswith("sahel "))
        self.assertRegex(phases, r"seconds by phase, threads +1$")
        self.assertRegex(people, r"people per agent +1000$")
        self.assertIn("information", [line.split()[0] for line in rest if line])

    def test_size_needs_a_model_and_fits_it(self):
        done = sahel("bench", "--size", 1000)
        self.assertStatus(done, 2)
        self.assertIn("--size needs --model", done.stderr)
        done = sahel("bench", "--model", "sahel", "--size", "1e9")
        self.assertStatus(done, 2)
        self.assertIn("--size = 1e+09: must lie in", done.stderr)

    def test_progress_on_a_terminal(self):
        said, status = on_a_terminal("bench", "--model", "rng", "--size", 100000, "--threads", 1)
        self.assertEqual(status, 0)
        self.assertIn("rng", said)
        self.assertIn("1 thread ...", said)


if __name__ == "__main__":
    unittest.main()
