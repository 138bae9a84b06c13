"""Input that means harm: refused with place and reason, in bounded time and memory."""
import os
import resource
import shutil
import signal
import stat
import subprocess
import time
import unittest

from support import BASE, GOOD, PROGRAM, ROOT, Folder, sahel

MIB = 1 << 20
ADDRESSES = 2048 * MIB  # all that a process may reserve
PEAK = 600 * MIB        # what it may use
SECONDS = 120           # on a busy machine; a second or two on a free one

SANITIZED = "SAH_SANITIZED" in os.environ


def limited(*arguments):
    """Status, messages and peak memory under a limit of address space."""
    def limit():
        if not SANITIZED:
            resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    work = subprocess.Popen([PROGRAM, *map(str, arguments)], cwd=ROOT, text=True, errors="replace",
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=limit)
    signal.signal(signal.SIGALRM, lambda *_: work.kill())
    signal.alarm(SECONDS)
    messages = work.stderr.read()
    work.stderr.close()
    _, status, usage = os.wait4(work.pid, 0)
    signal.alarm(0)
    work.returncode = os.waitstatus_to_exitcode(status)
    return work.returncode, messages, usage.ru_maxrss * 1024


class Hostile(Folder):
    def refused(self, words, *arguments, status=2):
        code, messages, peak = limited(*arguments)
        self.assertEqual(code, status, messages[:2000])
        self.assertIn(words, messages)
        self.assertLess(len(messages), MIB)
        if not SANITIZED:
            self.assertLess(peak, PEAK)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def bad(self, words, content, place=""):
        path = self.write("hostile.yaml", content)
        self.refused(f"{path}{place}: {words}", "check", path)


class Scenario(Hostile):
    def test_a_hundred_megabytes(self):
        self.bad("is larger than 16777216 bytes", b"title: " + b"x" * 100_000_000)

    def test_a_million_keys(self):
        self.bad("more than 1000000 values", "".join(f"k{i}: 1\n" for i in range(1_000_001)), ":999999:10")

    def test_a_long_list(self):
        self.bad("more than 1000000 values", "title: [" + "1," * 2_000_000 + "]", ":1:2000003")

    def test_many_named_things(self):
        many = "".join(f"  - {{name: f{i}}}\n" for i in range(100_000))
        self.bad("factions: more than 10000 items", "factions:\n" + many, ":2:3")

    def test_nested_brackets(self):
        self.bad("a" + "[1]" * 63, "a: " + "[" * 10_000 + "]" * 10_000, ":1:67")

    def test_nested_braces(self):
        self.bad("a" + ".b" * 63 + ": nested too deeply", "a: " + "{b: " * 10_000 + "}" * 10_000, ":1:256")

    def test_nested_blocks(self):
        self.bad("a" + ".a" * 63 + ": nested too deeply", "".join(" " * i + "a:\n" for i in range(3000)), ":65:65")

    def test_open_brackets(self):
        self.bad("a", "a: " + "[" * 1_000_000, ":1:67")

    def test_alias_bomb(self):
        text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
        for below, name in zip("abcdefghi", "bcdefghij"):
            text += f"{name}: &{name} [{', '.join(['*' + below] * 9)}]\n"
        self.bad("g[1]: too large with all aliases written out", text, ":7:8")

    def test_alias_of_itself(self):
        self.bad("a[1]: an alias within its own anchor", "a: &a [*a]\n", ":1:8")

    def test_long_texts(self):
        self.bad("a key is too long", "k" * 1_000_000 + ": 1\n", ":1:1")
        self.bad("run.start = x: expected a date", "run: {" + " " * 5_000_000 + "start: x}\n", ":1:5000014")

    def test_bytes_that_are_no_text(self):
        self.bad("control character 0x00 in the file", b"run: {seed: 1}\0\n", ":1:15")
        self.bad("byte 0xff is no UTF-8 text", "run: {seed: 1}\n".encode("utf-16"), ":1:1")
        self.bad("byte 0xe9 is no UTF-8 text", "title: d\u00e9j\u00e0\n".encode("latin-1"), ":1:9")
        self.bad("byte 0xed is no UTF-8 text", b"title: \xed\xa0\x80\n", ":1:8")

    def test_bases_without_end(self):
        self.bad("base = nowhere.yaml", "base: nowhere.yaml\n", ":1:7")
        self.bad("base = hostile.yaml: a scenario cannot be its own base", "base: hostile.yaml\n", ":1:7")
        self.write("second.yaml", "base: first.yaml\n")
        first = self.write("first.yaml", "base: second.yaml\n")
        self.refused("cannot be its own base", "check", first)
        for i in range(40):
            self.write(f"n{i}.yaml", f"base: n{i + 1}.yaml\n")
        self.refused("more than 16 bases under one scenario", "check", self.folder / "n0.yaml")
        self.bad("base = /dev/zero: /dev/zero: is not a regular file", "base: /dev/zero\n", ":1:7")

    def test_what_is_no_file(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        for path in (self.folder, pipe, "/dev/zero", "/dev/null"):
            self.refused(f"{path}: is not a regular file", "check", path)
            self.refused(f"{path}: is not a regular file", "info", path)
        self.refused("No such file", "check", self.folder / "nothing.yaml")

    def test_numbers(self):
        for key, value, words in [
                ("run.people_per_agent", ".nan", "expected a finite number"),
                ("run.people_per_agent", "-inf", "expected a finite number"),
                ("run.people_per_agent", "1e400", "expected a finite number"),
                ("run.people_per_agent", "1e-300", "must lie in 1..2000"),
                ("run.seed", "9" * 30, "must lie in 0.."),
                ("run.seed", "0x10", "expected a whole number"),
                ("run.end", "99999-12-31", "expected a date"),
                ("grid.cell", "0.0001", "must lie in 0.05..1 deg"),
                ("grid.box", "[-1e300, 8, 16, 25.5]", "grid.box"),
                ("forces.barkhane.strength", "1000000000000", "must lie in 0..200000"),
                ("forces.barkhane.unit_size", "1e-9", "must lie in 10..2000"),
                ("mechanisms.gold", "x" * 100_000, "mechanisms.gold = xxx")]:
            with self.subTest(key=key, value=value[:20]):
                self.refused(words, "check", BASE, "--set", f"{key}={value}")
                self.refused(f"command line: {key}", "check", BASE, "--set", f"{key}={value}")


class Tables(Hostile):
    """A geography with one table spoilt."""

    def setUp(self):
        super().setUp()
        self.tables = self.folder / "geography"
        self.tables.mkdir()
        for table in (ROOT / "scenarios/geography").glob("*.csv"):
            (self.tables / table.name).symlink_to(table)

    def spoil(self, name, content, words, line=None):
        path = self.tables / name
        good = (ROOT / "scenarios/geography" / name).read_text() if name else ""
        path.unlink(missing_ok=True)
        if content is not None:
            content = content(good) if callable(content) else content
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        place = f"{path}:{line}: " if line else f"{path}"
        self.refused(place + words, "check", BASE, "--set", f"grid.geography={self.tables}")

    def test_too_large(self):
        path = self.tables / "lines.csv"
        path.unlink()
        with path.open("wb") as file:
            file.truncate(300 * MIB)  # zeros that take no room on the disk
        self.refused("is larger than 268435456 bytes", "check", BASE, "--set", f"grid.geography={self.tables}")

    def test_a_hundred_megabytes_of_one_field(self):
        self.spoil("gold.csv", b"name,lon\n" + b"x" * 100_000_000, "a field is too long", 2)

    def test_a_hundred_megabytes_of_blank_lines(self):
        self.spoil("gold.csv", b"\n" * 100_000_000, "there is no header", 100_000_001)

    def test_a_quote_without_end(self):
        self.spoil("gold.csv", lambda good: good + '"' + "x\n" * 1000, "quotes are never closed", 19)

    def test_missing(self):
        self.spoil("gold.csv", None, ": No such file")

    def test_missing_column(self):
        self.spoil("gold.csv", lambda good: good.replace("weight", "wait"), ": has no column weight")

    def test_many_columns(self):
        self.spoil("gold.csv", "a," * 100_000 + "b\n", "too many columns", 1)

    def test_twice(self):
        self.spoil("countries.csv", lambda good: good + good.splitlines()[-1] + "\n", "iso3 = ",
                   len((ROOT / "scenarios/geography/countries.csv").read_text().splitlines()) + 1)

    def test_numbers(self):
        for number in ("nan", "inf", "1e400", "-1e300", "", "1,5", "0x10"):
            with self.subTest(number=number):
                self.spoil("places.csv", f"name,iso3,lon,lat,people,rank\nA,MLI,1,15,{number},0\n", "", 2)

    def test_bytes_that_are_no_text(self):
        self.spoil("gold.csv", b"name\0,lon\n", "")

    def test_what_is_no_file(self):
        (self.tables / "gold.csv").unlink()
        os.mkfifo(self.tables / "gold.csv")
        self.refused("gold.csv: is not a regular file", "check", BASE, "--set", f"grid.geography={self.tables}")


class Results(Hostile):
    def test_claims(self):
        """Any question about any of these is refused."""
        for name, content in [("empty", b""), ("zeros", b"\0" * MIB), ("text", b"hello"),
                              ("signature", b"\x89HDF\r\n\x1a\n" + b"\xff" * 5000)]:
            path = self.write(name, content)
            for command in ("info", "digest", "events", "ledger", "rerun"):
                with self.subTest(name=name, command=command):
                    self.refused(f"{path}: is ", command, path)
            self.refused(f"{path}: is ", "map", path, "--field", "deaths", "-o", self.folder / "map.png")

    def test_unfinished_work(self):
        for name, content in [("empty", b""), ("text", b"hello"), ("long", b"SAHKEEP\0" + b"\xff" * 64)]:
            part = self.folder / f"{name}.h5.part"
            part.mkdir()
            (part / "restart").write_bytes(content)
            (part / "layout.txt").write_text("begun")
            with self.subTest(name=name):
                self.refused("restart: is damaged or cut short", "resume", self.folder / f"{name}.h5")

    def test_targets_that_are_no_files(self):
        """Neither waited for nor replaced, forced or not."""
        pipe, link, null, folder = (self.folder / f"{name}.png" for name in ("pipe", "link", "null", "folder"))
        os.mkfifo(pipe)
        os.symlink(pipe, link)
        os.symlink("/dev/null", null)
        folder.mkdir()
        for path in (pipe, link, null, folder):
            for command in (["run", GOOD], ["map", self.good(), "--field", "deaths"]):
                for force in ([], ["--force"]):
                    with self.subTest(path=path, command=command[0], force=force):
                        self.refused(f"{path}: is not a regular file", *command, "-o", path, *force)
        self.assertTrue(stat.S_ISFIFO(pipe.stat().st_mode))

    def good(self):
        path = self.folder / "good.h5"
        if not path.exists():
            self.assertStatus(sahel("run", GOOD, "-q", "-o", path), 0)
        return path

    def leave(self, name):
        """Unfinished work with a checkpoint, as a signal leaves it."""
        path = self.folder / name
        work = subprocess.Popen([PROGRAM, "run", GOOD, "-q", "-o", path, "--set", "run.end=2019-12-31",
                                 "--checkpoint-every", "10d"], cwd=ROOT, stderr=subprocess.DEVNULL)
        while not (self.folder / f"{name}.part/checkpoint").exists():
            time.sleep(0.005)
        work.send_signal(signal.SIGINT)
        self.assertEqual(work.wait(), 130)
        return path

    def test_pipes_in_unfinished_work(self):
        """Whatever file of it is a pipe: refused at once, and all is left as it was."""
        whole = self.leave("whole.h5")
        files = sorted(p.name for p in (self.folder / "whole.h5.part").iterdir())
        old = [name for name in files if name.startswith("pending-")][:-1]
        files = [name for name in files if name not in old]  # nobody reads those again
        for name in files:
            path = self.folder / "run.h5"
            part = self.folder / "run.h5.part"
            shutil.copytree(f"{whole}.part", part)
            (part / name).unlink()
            os.mkfifo(part / name)
            before = sorted(p.name for p in part.iterdir())
            with self.subTest(name=name):
                self.refused(f"{part / name}: is not a regular file", "resume", path)
                self.assertEqual(sorted(p.name for p in part.iterdir()), before)
                if name == "lock":  # nothing else is needed for a new beginning
                    self.refused(f"{name}: is not a regular file", "run", GOOD, "-o", path, "--force")
            shutil.rmtree(part)


if __name__ == "__main__":
    unittest.main()
