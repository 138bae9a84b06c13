"""Every picture of docs/gallery.md comes from the command that stands with it.

`test_gallery.py --write FOLDER [NAME ...]` draws those of the docs anew (or those named) from a folder that
holds base.h5, cmp.h5, futures, gold and screen; the test draws all from the short run of the suite and compares names
and widths."""
import os
import pathlib
import re
import shlex
import shutil
import sys
import unittest

from support import GOOD, ROOT, Folder, png_size, sahel, small_run, small_study

PAGE = ROOT / "docs/gallery.md"
IMAGES = ROOT / "docs/images/gallery"
DRAWS = {"plot", "map", "animate", "atlas"}
STRONGER = f"base: {GOOD}\ntitle: Stronger\nfactions: [{{name: macina, strength: 800}}]\n"


def commands():
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(encoding="utf-8"), flags=re.M | re.S)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    words = [shlex.split(line) for line in lines if line.strip()]
    return [w[1:] for w in words if w[0] == "sahel" and w[1] in DRAWS]


def expanded(words, folder):
    """As a shell would put them."""
    out = []
    for word in words:
        found = sorted(str(p) for p in folder.glob(word)) if "*" in word else []
        out += found or [word]
    return out


def target(words):
    return words[words.index("-o") + 1]


def shown():
    return re.findall(r"!\[[^\]]+\]\(images/gallery/([^)]+)\)", PAGE.read_text(encoding="utf-8"))


class Gallery(Folder):
    def test_every_picture_shown_is_there_and_has_its_command(self):
        made = [target(words) for words in commands()]
        self.assertGreater(len(made), 8)
        self.assertEqual(len(set(made)), len(made))
        self.assertEqual(sorted(shown()), sorted(n for n in made if not n.endswith(".html")))
        self.assertEqual(sorted(p.name for p in IMAGES.iterdir()), sorted(shown()))

    def test_every_picture_has_words_for_those_who_do_not_see_it(self):
        for words in re.findall(r"!\[([^\]]*)\]", PAGE.read_text(encoding="utf-8")):
            self.assertGreater(len(words), 20)

    def test_every_command_draws(self):
        shutil.copy(os.environ["SAH_RESULT"], self.folder / "base.h5")
        (self.folder / "stronger.yaml").write_text(STRONGER)
        done = sahel("compare", GOOD, self.folder / "stronger.yaml", "--replicates", 2, "--quiet",
                     "-o", self.folder / "cmp.h5")
        self.assertStatus(done, 0)
        (self.folder / "futures").mkdir()
        for seed in (1, 2, 3):
            small_run(self.folder, f"futures/branch-00{seed}.h5", f"run.seed={seed}")
        for name, kind in [("gold", "grid"), ("screen", "morris")]:
            small_study(self.folder, kind)
            (self.folder / kind).rename(self.folder / name)
        for words in commands():
            words = expanded(words, self.folder)
            if words[0] == "animate" and not shutil.which("ffmpeg"):
                print("ffmpeg is not installed: no film is drawn", file=sys.stderr)
                continue
            with self.subTest(command=" ".join(words)):
                self.assertStatus(sahel(*words, cwd=self.folder), 0)
                path = self.folder / target(words)
                self.assertGreater(path.stat().st_size, 1000)
                if path.suffix == ".png":
                    self.assertEqual(png_size(path)[0], png_size(IMAGES / path.name)[0])


def write(folder, names):
    IMAGES.mkdir(parents=True, exist_ok=True)
    for words in commands():
        name = target(words)
        if words[0] == "atlas" or (names and name not in names):
            continue
        words = expanded(words, folder)
        words[words.index("-o") + 1] = str(IMAGES / name)
        done = sahel(*words, "--force", cwd=folder)
        assert done.returncode == 0, done.stderr


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(pathlib.Path(sys.argv[2]).resolve(), sys.argv[3:])
    else:
        unittest.main()
