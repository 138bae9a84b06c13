"""What a run needs is told before, within bounds, and what cannot fit is refused."""
import csv
import os
import resource
import shutil
import subprocess
import unittest

from support import BASE, GOOD, PROGRAM, ROOT, Folder, sahel

UNITS = {"bytes": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9}
COARSE = ["--set", "grid.cell=0.5", "--set", "run.people_per_agent=1000", "--set", "run.end=2016-03-31"]
SECONDS = ["--set", "run.people_per_agent=300", "--set", "run.end=2016-12-31"]
MANY = ["--set", "run.people_per_agent=50", "--set", "run.end=2016-01-20"]


def told(done):
    """Memory and disk in bytes, seconds: as `check` tells them."""
    found = {}
    for line in done.stdout.splitlines():
        words = line.split()
        for what in ("memory", "disk"):
            if words[2:4] == ["of", what] or words[2:4] == ["of", what + ";"]:
                found[what] = float(words[0]) * UNITS[words[1]]
        if " thread" in line:
            parts = words[:words.index("on")]
            scale = {"h": 3600, "min": 60, "s": 1}
            found["seconds"] = sum(float(n) * scale[u] for n, u in zip(parts[::2], parts[1::2]))
    return found


class Limits(Folder):
    def measure(self, scenario, *more):
        """Peak of memory, size of the result and the processor's seconds of a run."""
        path = self.folder / "run.h5"
        process = subprocess.Popen([PROGRAM, "run", scenario, "-o", path, "-q", *more], cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        self.assertEqual(status, 0)
        return {"memory": usage.ru_maxrss * 1024, "disk": path.stat().st_size,
                "seconds": usage.ru_utime + usage.ru_stime}

    def assertNear(self, expected, measured, factor, what):
        self.assertLess(expected / measured, factor, what)
        self.assertGreater(expected / measured, 1 / factor, what)

    def compare(self, scenario, *more, factor=4):
        """On one thread, whose time a busy machine does not change much."""
        more = ["--threads", "1", *more]
        expected = told(sahel("check", scenario, *more))
        measured = self.measure(scenario, *more)
        if "asan" not in PROGRAM:  # sanitizers hold memory of their own
            self.assertNear(expected["memory"], measured["memory"], 1.5, (expected, measured))
        self.assertNear(expected["disk"], measured["disk"], 2, (expected, measured))
        self.assertNear(expected["seconds"], measured["seconds"], factor, (expected, measured))

    def test_a_tiny_box(self):
        self.compare(GOOD)

    def test_a_coarse_run(self):
        self.compare(BASE, *COARSE)

    def test_a_run_of_some_seconds(self):
        self.compare(BASE, *SECONDS, factor=2)

    def test_many_agents(self):
        self.compare(BASE, *MANY)

    def test_quietly_nothing_is_measured(self):
        done = sahel("check", GOOD, "-q")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def small_space(self, *arguments, megabytes=600):
        size = megabytes * 1000 * 1000
        return subprocess.run([PROGRAM, *map(str, arguments)], cwd=ROOT, text=True,
                              capture_output=True,
                              env={**os.environ, "OMP_NUM_THREADS": "1"},
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size)))

    @unittest.skipIf("asan" in PROGRAM, "sanitizers map more than any limit")
    def test_a_limit_of_the_address_space(self):
        path = self.folder / "run.h5"
        all_people = ["--set", "run.people_per_agent=1", "--set", "run.end=2016-01-02"]
        for command in (["check", BASE], ["run", BASE, "-o", path]):
            done = self.small_space(*command, *all_people)
            self.assertStatus(done, 2)
            for text in ["run.people_per_agent", "agents", "GB", "ulimit -v", "--no-memory-check",
                         "nothing was run"]:
                self.assertIn(text, done.stderr)
            self.assertEqual(done.stdout, "")
        self.assertEqual(list(self.folder.iterdir()), [])
        done = self.small_space("run", BASE, "-o", path, "--no-memory-check", *all_people)
        self.assertStatus(done, 3)  # tried, and told that it failed
        self.assertIn("no memory", done.stderr)
        self.assertStatus(self.small_space("check", GOOD), 0)

    def test_a_million_million_agents(self):
        """A land as full as tables may tell: refused with the numbers, not tried."""
        tables = self.folder / "geography"
        shutil.copytree(ROOT / "scenarios/geography", tables,
                        ignore=shutil.ignore_patterns("builder", "*.py", "*.md"))
        lines = (tables / "cells.csv").read_text().splitlines()
        comments = [line for line in lines if line.startswith("#")]
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
        for row in rows:
            for key in ("people_2000", "people_2020"):
                row[key] = str(10**9)
        with open(tables / "cells.csv", "w", newline="") as out:
            out.writelines(line + "\n" for line in comments)
            writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        huge = ["--set", f"grid.geography={tables}", "--set", "run.people_per_agent=1"]
        path = self.folder / "run.h5"
        for command in (["check", BASE], ["run", BASE, "-o", path]):
            done = sahel(*command, *huge, timeout=60)
            self.assertStatus(done, 2)
            self.assertRegex(done.stderr, r"\b\d{13} agents on 7980 cells need about [\d.e+]+ GB")
            self.assertFalse(path.exists())
        if "asan" not in PROGRAM:
            done = self.small_space("check", BASE, *huge, "--no-memory-check", megabytes=2000)
            self.assertStatus(done, 3)
            self.assertIn("no memory", done.stderr)


if __name__ == "__main__":
    unittest.main()
