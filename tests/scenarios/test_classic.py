"""The scenarios of the classics: each is sound, says why, has a title of its own, is told
of, runs, and draws the maps that are told of. SAHEL names the program."""
import csv
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "scenarios/classic"
ALL = sorted(FOLDER.glob("*.yaml"))
LINE = re.compile(r"^ *- \{date: (\S+), .*?(why: .+)?\}$")
# Short, and without the lines of the timeline that would lie behind the end.
SHORT = ["--set", "run.end=2000-02-20", "--set", "timeline=[]"]
LARGE = ["--set", "grid.columns=130", "--set", "grid.rows=130"]


def sahel(*arguments):
    return subprocess.run([os.environ["SAHEL"], *map(str, arguments)], cwd=ROOT, text=True,
                          capture_output=True, timeout=300)


class Scenarios(unittest.TestCase):
    def test_all_are_there(self):
        names = {path.stem for path in ALL}
        for name in ("epstein-netlogo", "epstein-mesa", "epstein-paper", "epstein-peoples",
                     "epstein-peacekeepers", "epstein-sudden", "epstein-slow", "bohorquez",
                     "bennett", "lanchester-square", "lanchester-kress"):
            self.assertIn(name, names)

    def test_each_is_sound_told_of_and_says_why(self):
        titles = set()
        page = (ROOT / "docs/classics.md").read_text(encoding="utf-8")
        for path in ALL:
            with self.subTest(path=path.name):
                done = sahel("check", path.relative_to(ROOT), "--quiet")
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                text = path.read_text()
                self.assertTrue(text.startswith("# "))
                title = re.search(r"^title: (.+)$", text, re.M)[1]
                self.assertNotIn(title, titles)
                titles.add(title)
                self.assertIn(f"{path.stem}.yaml", page)
                for line in text.splitlines():
                    found = LINE.match(line)
                    self.assertTrue(not found or found[2], line)

    def test_each_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            for path in ALL:
                with self.subTest(path=path.name):
                    result = pathlib.Path(folder) / f"{path.stem}.h5"
                    large = LARGE if path.stem == "epstein-city" else []
                    done = sahel("run", path, "-o", result, "--quiet", *SHORT, *large)
                    self.assertEqual((done.returncode, done.stderr), (0, ""))
                    again = sahel("rerun", result, "--quiet")
                    self.assertEqual(again.returncode, 0, again.stderr)

    def test_two_are_compared(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for name, change, measure in (
                    ("epstein-netlogo", "unrest: {legitimacy: 0.6}", "rebels on average"),
                    ("bennett", "insurgency: {accuracy: 0.3}", "hurt"),
                    ("bohorquez", "gathering: {scatter: 0.3}", "groups on average"),
                    ("lanchester-kress", "attrition: {intelligence: 1}", "civilians at the end")):
                with self.subTest(name=name):
                    other = folder / f"{name}.yaml"
                    other.write_text(f"base: {FOLDER / name}.yaml\n{change}\n")
                    done = sahel("compare", FOLDER / f"{name}.yaml", other, "--csv", "--quiet",
                                 "--replicates", 2, "-o", folder / f"{name}.h5", *SHORT)
                    self.assertEqual((done.returncode, done.stderr), (0, ""))
                    row = next(csv.reader([line for line in done.stdout.splitlines()
                                           if line.startswith(measure)]))
                    self.assertGreater(float(row[3]), 0)

    def test_maps_come_from_the_same_command(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for name, maps in (("epstein-netlogo", {"city.png", "rebellion.png"}),
                               ("epstein-peoples", {"groups.png", "rebellion.png"}),
                               ("bennett", {"anger.png", "fear.png"})):
                with self.subTest(name=name):
                    done = sahel("run", FOLDER / f"{name}.yaml", "-o", folder / f"{name}.h5",
                                 "--maps", folder / name, "--quiet", *SHORT)
                    self.assertEqual((done.returncode, done.stderr), (0, ""))
                    self.assertEqual({p.name for p in (folder / name).iterdir()}, maps)


if __name__ == "__main__":
    unittest.main()
