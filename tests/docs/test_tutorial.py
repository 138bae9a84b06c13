"""The tutorial, followed to the letter: its files written, its commands run, in order.

SAHEL names the program. A command is followed by `# exit status N` where it fails on purpose."""
import os
import pathlib
import re
import shlex
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/tutorial.md"
FILE = r"In `(?P<file>mine/\w+\.yaml)`"
STEP = re.compile(rf"{FILE}|^```yaml\n(?P<text>.*?)^```|^    (?P<command>(?:sahel|mkdir) [^\n]*)$", re.M | re.S)


def steps(page):
    """(file, text) and (None, command), as they follow each other on the page."""
    file = None
    for match in STEP.finditer(page):
        file = match["file"] or file
        if match["text"]:
            yield file, match["text"]
        elif match["command"]:
            yield None, match["command"]


class Tutorial(unittest.TestCase):
    def follow(self, command, folder):
        command, _, status = command.partition("# exit status ")
        words = shlex.split(command)
        if words[0] == "sahel":
            words[0] = os.environ.get("SAHEL", "sahel")
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=600)
        self.assertEqual(done.returncode, int(status or 0), f"{command}\n{done.stderr}")
        return done

    def test_every_step_does_what_it_says(self):
        page = PAGE.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "scenarios").symlink_to(ROOT / "scenarios")
            said, ran = "", 0
            for file, text in steps(page):
                if file:
                    (folder / file).write_text(text, encoding="utf-8")
                else:
                    said += self.follow(text, folder).stderr
                    ran += 1
            self.assertGreater(ran, 15)
            quoted = re.search(r"^    (three-borders\.yaml:\d+:\d+: .*)$", page, flags=re.M)[1]
            self.assertIn(quoted, said)
            for made in re.findall(r"-o (out/\S+)", page):
                self.assertTrue((folder / made).exists(), made)


if __name__ == "__main__":
    unittest.main()
