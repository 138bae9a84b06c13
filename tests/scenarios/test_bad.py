"""Bad scenarios must say what is wrong with them, word for word.

Each file of bad/ carries in its first comment what `sahel check` must print on standard
error; `test_bad.py --rewrite` puts there what it prints now, to be read before it is
kept. The program is named by the environment variable SAHEL.
"""
import os
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BAD = sorted((ROOT / "tests/scenarios/bad").glob("*.yaml"))
HEAD = "# must say:"
INDENT = "#   "


def check(path):
    name = str(path.relative_to(ROOT))
    return subprocess.run([os.environ["SAHEL"], "check", name], cwd=ROOT, text=True,
                          capture_output=True, timeout=60)


def split(path):
    """The expected lines, and the rest of the file."""
    lines = path.read_text().splitlines()
    assert lines[0] == HEAD, f"{path.name} does not begin with '{HEAD}'"
    n = 1
    while n < len(lines) and lines[n].startswith(INDENT):
        n += 1
    return [line[len(INDENT):] for line in lines[1:n]], lines[n:]


def rewrite(path):
    _, rest = split(path)
    said = check(path).stderr.splitlines()
    head = [HEAD] + [INDENT + line for line in said]
    path.write_text("\n".join(head + rest) + "\n")


class BadScenarios(unittest.TestCase):
    maxDiff = None

    def test_there_are_many(self):
        self.assertGreaterEqual(len(BAD), 25)

    def test_good_is_good(self):
        done = check(ROOT / "tests/scenarios/good.yaml")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertTrue(done.stdout.endswith("ok\n"))

    def test_each_says_what_is_wrong(self):
        for path in BAD:
            with self.subTest(path.name):
                expected, _ = split(path)
                done = check(path)
                self.assertEqual(done.stderr.splitlines(), expected)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    if "--rewrite" in sys.argv:
        for bad in BAD * 2:  # a longer head moves what stands below it
            rewrite(bad)
    else:
        unittest.main()
