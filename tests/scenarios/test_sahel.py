"""The scenarios that come with the program: each is sound, says why, and runs.

The program is named by the environment variable SAHEL. Checked on a coarse grid, which
reads and checks every line all the same."""
import csv
import io
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "scenarios/sahel"
ALL = sorted(FOLDER.rglob("*.yaml"))
ASKS = sorted((FOLDER / "asks").glob("*.yaml"))
COARSE = ["--set", "grid.cell=0.5 deg", "--set", "run.people_per_agent=2000"]
LINE = re.compile(r"^ *- \{date: (\S+), .*?(why: .+)?\}$")


def sahel(*arguments):
    return subprocess.run([os.environ["SAHEL"], *map(str, arguments)], cwd=ROOT, text=True,
                          capture_output=True, timeout=300)


class Scenarios(unittest.TestCase):
    def test_all_are_there(self):
        names = {path.stem for path in ALL}
        for name in ("cast", "base", "history-2012-2024", "article-2020", "coarse", "coarse-history"):
            self.assertIn(name, names)
        self.assertGreaterEqual(len(ASKS), 20)

    def test_each_is_sound(self):
        for path in ALL:
            with self.subTest(path=path.name):
                done = sahel("check", path.relative_to(ROOT), "--quiet", *COARSE)
                self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_every_dated_line_says_why(self):
        for path in ALL:
            for line in path.read_text().splitlines():
                found = LINE.match(line)
                if found:
                    self.assertTrue(found[2], f"{path.name}: {line.strip()}")

    def test_every_ask_asks_and_has_a_title_of_its_own(self):
        titles = set()
        for path in ASKS:
            text = path.read_text()
            self.assertTrue(text.startswith("# "), path.name)
            title = re.search(r"^title: (.+)$", text, re.M)[1]
            self.assertNotIn(title, titles, path.name)
            titles.add(title)
            self.assertLess(len(text.splitlines()), 30, path.name)

    def test_every_ask_is_answered(self):
        asked = (ROOT / "docs/scenarios.py").read_text()
        page = (ROOT / "docs/scenarios.md").read_text()
        for path in ASKS:
            self.assertIn(f'"asks/{path.stem}"', asked)
            self.assertIn(f"`{path.stem}`", page)

    def test_the_history_begins(self):
        with tempfile.TemporaryDirectory() as folder:
            result = pathlib.Path(folder) / "run.h5"
            done = sahel("run", FOLDER / "history-2012-2024.yaml", "-o", result, "--quiet",
                         "--set", "run.end=2013-06-30", *COARSE)
            self.assertEqual(done.returncode, 0, done.stderr)
            events = list(csv.DictReader(io.StringIO(sahel("events", result, "--csv").stdout)))
        deaths = sum(int(event["deaths"]) for event in events)
        self.assertTrue(50 < deaths < 10000, deaths)
        # forces fight from the day they come, not before
        french = [e["date"] for e in events if "barkhane" in (e["side_a"], e["side_b"])]
        self.assertTrue(french and min(french) >= "2013-01-11", french[:1])


if __name__ == "__main__":
    unittest.main()
