"""Results and unfinished work that are cut short, have a bit turned, or are too new.

A damaged result never gives another answer than the whole one: its seal (output/seal.h)
no longer fits, and it is refused."""
import pathlib
import random
import shutil
import sys

import h5py

from support import DEPTH, ROOT, Faults, main, sahel

sys.path.append(str(ROOT / "tests/support"))
from seal import LENGTH as SEAL, seal


def flip(data, at, bit):
    return data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1:]


def flips(data, count, seed):
    """A bit at places spread over all, and some near both ends."""
    chance = random.Random(seed)
    count = int(count * DEPTH)
    places = {k * len(data) // count for k in range(count)} | set(range(0, min(64, len(data)), 7))
    places |= {len(data) - 1 - k for k in range(0, min(24, len(data)), 3)}
    return [(at, chance.randrange(8)) for at in sorted(places)]


def cuts(data, count):
    places = {k * len(data) // int(count * DEPTH) for k in range(int(count * DEPTH))}
    return sorted(places | {0, 1, 7, len(data) - 1, len(data) - SEAL - 1} - {-1})


class Results(Faults):
    def commands(self, path, folder):
        good = self.scene.good
        return {
            "digest": ["digest", path],
            "info": ["info", path],
            "events": ["events", path, "--csv"],
            "ledger": ["ledger", path, "--csv"],
            "diff": ["diff", path, good],
            "rerun": ["rerun", path, "-q"],
            "map": ["map", path, "--field", "deaths", "-o", folder / "map.png", "--dpi", "30"],
        }

    def ask(self, data, name, folder):
        """What a command says of a file that holds `data`, at the same path every time."""
        folder.mkdir()
        path = folder / "run.h5"
        path.write_bytes(data)
        done = sahel(*self.commands(path, folder)[name])
        self.judge(done, allowed=(1, 2, 3) if name == "diff" else (2, 3))
        picture = folder / "map.png"
        if done.returncode > 1:
            self.assertIn("run.h5", done.said)
            self.assertFalse(picture.exists())
        answer = picture.read_bytes() if picture.exists() else done.stdout
        shutil.rmtree(folder)
        return done.returncode, answer.replace(str(folder).encode(), b"")

    def answers(self, data):
        return {name: self.ask(data, name, self.folder / "whole") for name in self.commands("", self.folder)}

    def each_damage(self, damages, damage, spare, what):
        data = self.scene.good.read_bytes()
        whole = self.answers(data)
        wrong = []

        def work(case):
            name, where = case
            answer = self.ask(damage(data, where), name, self.folder / f"{name}-{where}")
            if answer[0] < 2 and answer != whole[name]:
                wrong.append(case)

        names = sorted(whole)
        cases = [(names[k % len(names)], where) for k, where in enumerate(damages)]
        cases += [("digest", where) for where in spare]
        self.each(work, cases, what)
        print(f"{what}: {len(cases)} tried, {len(wrong)} answered otherwise than the whole file")
        return wrong

    def test_a_bit_turned(self):
        data = self.scene.good.read_bytes()
        wrong = self.each_damage(flips(data, 70, 1), lambda d, w: flip(d, *w), [], "a bit turned in a sealed result")
        self.assertEqual(wrong, [])

    def test_cut_short(self):
        data = self.scene.good.read_bytes()
        wrong = self.each_damage(cuts(data, 40), lambda d, w: d[:w], [len(data) - SEAL], "a result cut short")
        self.assertEqual(wrong, [])

    def test_too_new_or_something_else(self):
        path = self.folder / "run.h5"
        shutil.copy(self.scene.good, path)
        with h5py.File(path, "r+") as file:
            file.attrs["format"] = 99
        seal(path)
        for name, command in self.commands(path, self.folder).items():
            if name == "diff":
                continue  # compares whatever is sealed
            with self.subTest(command=name):
                done = sahel(*command)
                self.assertEqual(done.returncode, 2, done.said)
                self.assertIn("has format 99", done.said)
        with h5py.File(path, "w") as file:
            file["x"] = 1
        for content in (None, b"", b"text", bytes(5000)):
            if content is not None:
                path.write_bytes(content)
            for name, command in self.commands(path, self.folder).items():
                done = sahel(*command)
                self.assertEqual(done.returncode, 2, done.said)

    def test_changed_by_another_program(self):
        path = self.folder / "run.h5"
        shutil.copy(self.scene.good, path)
        with h5py.File(path, "r+") as file:
            file.attrs["comment"] = "a remark of mine " * 20
        done = sahel("digest", path)
        self.assertEqual(done.returncode, 2, done.said)
        self.assertIn("seal", done.said)


class Work(Faults):
    def resume(self, case):
        """Damaged work is refused by name and kept, or does not matter."""
        name, how, where = case
        target = self.folder / f"{name}-{how}-{where}.h5"
        part = pathlib.Path(f"{target}.part")
        self.scene.give_unfinished(target)
        file = part / name
        data = file.read_bytes()
        file.unlink()
        if how == "cut":
            file.write_bytes(data[:where])
        elif how == "flip":
            file.write_bytes(flip(data, *where))
        done = sahel("resume", target, "-q")
        self.judge(done)
        self.judge_target(target)
        self.assertEqual(target.exists(), done.returncode == 0)
        if done.returncode:
            self.assertIn(target.name if (name, how) == ("layout.txt", "gone") else name, done.said)
            self.assertTrue(part.exists())

    def test_every_file(self):
        for file in sorted(self.scene.part.iterdir()):
            data = file.read_bytes()
            cases = [(file.name, "gone", 0)]
            if data:
                cases += [(file.name, "cut", at) for at in cuts(data, 4) if 0 <= at < len(data)]
                cases += [(file.name, "flip", where) for where in flips(data, 5, file.name)]
            self.each(self.resume, cases, f"damaged {file.name}")
            print(f"{file.name}: {len(cases)} damages")

    def test_too_new(self):
        target = self.folder / "run.h5"
        self.scene.give_unfinished(target)
        file = self.folder / "run.h5.part/checkpoint"
        data = file.read_bytes()
        file.write_bytes(data[:8] + (99).to_bytes(4, "little") + data[12:])
        done = sahel("resume", target)
        self.assertEqual(done.returncode, 2, done.said)
        self.assertIn("checkpoint format 99 is newer", done.said)


if __name__ == "__main__":
    main()
