"""A small scene to break things in: land around Mopti, a finished run, unfinished work.

The program is named by SAHEL, the preloaded libraries by FAULT_LIBRARIES (a folder).
FAULT_DEPTH scales how many places are tried (1; the slow tests try ten times as many)."""
import concurrent.futures
import csv
import itertools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("SAHEL", "sahel")
LIBRARIES = pathlib.Path(os.environ.get("FAULT_LIBRARIES", "."))
DEPTH = float(os.environ.get("FAULT_DEPTH", "1"))
QUICK = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # bringing to disk costs most of the time
BOX = (-6.5, 12.5, -0.5, 17.5)  # the scenario's, with a margin
CRASHES = {-4: "SIGILL", -6: "SIGABRT", -7: "SIGBUS", -8: "SIGFPE", -11: "SIGSEGV"}


def sahel(*arguments, env=None, **more):
    """The program on one thread, so that calls come in the same order every time."""
    more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 120, **more}
    done = subprocess.run([PROGRAM, *map(str, arguments)], cwd=ROOT, check=False,
                          env={**os.environ, "OMP_NUM_THREADS": "1", **(env or {})}, **more)
    done.said = (done.stderr or b"").decode(errors="replace")
    return done


def preload(name, **settings):
    return {"LD_PRELOAD": str(LIBRARIES / f"{name}.so"), **{k: str(v) for k, v in settings.items()}}


# ---- the scene -------------------------------------------------------------------------

def is_inside(row):
    return BOX[0] < float(row["lon"]) < BOX[2] and BOX[1] < float(row["lat"]) < BOX[3]


def thin_out(source, target, key):
    """Keeps the groups of rows that touch the box."""
    lines = source.read_text().splitlines(keepends=True)
    head = sum(1 for _ in itertools.takewhile(lambda line: line[0] == "#", lines))
    rows = list(csv.DictReader(lines[head:]))
    kept = {tuple(row[k] for k in key) for row in rows if is_inside(row)}
    body = [line for line, row in zip(lines[head + 1:], rows) if tuple(row[k] for k in key) in kept]
    target.write_text("".join(lines[:head + 1] + body))


def lay_land(folder):
    folder.mkdir()
    for file in (ROOT / "scenarios/geography").glob("*.csv"):
        if file.name == "cells.csv":
            thin_out(file, folder / file.name, ["lon", "lat"])
        elif file.name == "lines.csv":
            thin_out(file, folder / file.name, ["layer", "part"])
        else:
            shutil.copy(file, folder)


class Scene:
    """Made once for a module; nothing in it is changed afterwards."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sahel-faults-", dir=QUICK))
        lay_land(self.folder / "land")
        text = (ROOT / "tests/scenarios/good.yaml").read_text()
        text = text.replace("../../scenarios/geography", "land").replace("2016-03-31", "2016-02-10")
        self.scenario = self.folder / "tiny.yaml"
        self.scenario.write_text(text)
        self.good = self.folder / "good.h5"
        done = self.run(self.good)
        assert done.returncode == 0, done.said
        self.digest = digest_of(self.good)
        assert self.digest
        self.part = self.leave_unfinished()

    def run(self, target, *more, **how):
        return sahel("run", self.scenario, "-o", target, "-q", "--checkpoint-every", "10d", *more, **how)

    def leave_unfinished(self):
        """The folder of a run whose last step but one, bringing the result to the disk, failed."""
        target = self.folder / "unfinished.h5"
        part = self.folder / "unfinished.h5.part"
        done = self.run(target, env=preload("fail_io", FAULT_CALL="sync", FAULT_AT=1, FAULT_UNDER=part / "packed"))
        assert done.returncode == 3 and (part / "checkpoint").exists(), done.said
        return part

    def give_unfinished(self, target):
        shutil.copytree(self.part, f"{target}.part")

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def digest_of(path):
    done = sahel("digest", path)
    return done.stdout.split()[-1].decode() if done.returncode == 0 else None


# ---- what is asked of every failure ----------------------------------------------------

class Faults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scene = Scene()

    @classmethod
    def tearDownClass(cls):
        cls.scene.close()

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sahel-fault-", dir=QUICK))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def judge(self, done, allowed=(2, 3)):
        """A failure ends with a status of ours and says something."""
        if done.returncode not in (0, *allowed):
            self.fail(f"{CRASHES.get(done.returncode, done.returncode)}: {done.said}")
        if done.returncode:
            self.assertRegex(done.said, r"\w", "it failed without a word")

    def judge_target(self, target):
        """Under the final name lies the whole result or nothing."""
        if target.exists():
            self.assertEqual(sahel("diff", "-q", self.scene.good, target).returncode, 0)

    def judge_way_on(self, target):
        """Resume completes what a failure left; where it left nothing, run does."""
        part = pathlib.Path(f"{target}.part")
        if target.exists() or (part / "layout.txt").exists():
            done = sahel("resume", target, "-q")
        else:
            done = self.scene.run(target)
        self.assertEqual(done.returncode, 0, done.said)
        self.assertTrue(target.exists())
        self.judge_target(target)

    def each(self, work, cases, what):
        """Tries all cases, some at a time; tells every failure, the alike together."""
        failures = {}
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for case, problem in zip(cases, pool.map(lambda case: problem_of(work, case), cases)):
                if problem:
                    failures.setdefault(re.sub(r"\d+|0x\w+", "#", problem), []).append((case, problem))
        told = [f"{len(cases)} x {alike[0][1]}\n   such as {', '.join(str(c) for c, _ in cases[:6])}"
                for alike in failures.values() for cases in [alike]]
        self.assertTrue(not failures, f"{what}:\n" + "\n".join(told))


def problem_of(work, case):
    try:
        work(case)
    except AssertionError as error:
        return str(error)
    except subprocess.TimeoutExpired:
        return "it hangs"
    return None


def sample(total, first, spread):
    """The first calls one by one, then ever larger steps, then some spread evenly. The
    steps grow fourfold: a run fails alike over long stretches of its calls."""
    first, spread = int(first * DEPTH), int(spread * DEPTH)
    chosen = set(range(1, min(first, total) + 1))
    at = max(1.0, float(first))
    while 1 <= at <= total:
        chosen.add(int(at))
        at *= 4 ** (1 / DEPTH)
    chosen.update(1 + k * (total - 1) // max(1, spread) for k in range(spread))
    return sorted(n for n in chosen if n <= total)


def count_calls(arguments, library, folder, **settings):
    """How many calls there are to fail when nothing does."""
    report = folder / "report"
    done = sahel(*arguments, env=preload(library, FAULT_REPORT=report, **settings))
    assert done.returncode in (0, 1), done.said
    return int(re.search(r"calls (\d+)", report.read_text())[1])


def main():
    sys.stdout.reconfigure(line_buffering=True)
    unittest.main()
