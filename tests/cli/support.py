"""Calling the program; it is named by the environment variable SAHEL."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("SAHEL", "sahel")
GOOD = "tests/scenarios/good.yaml"
BASE = "scenarios/sahel/base.yaml"
# Copies of what is on record that do not belong to the repository; tests that want them are skipped without.
RECORD = pathlib.Path(os.environ.get("SAHEL_RECORD", ROOT.parent / "shared/data"))
FLEE_CASES = pathlib.Path(os.environ.get("SAHEL_FLEE_CASES", RECORD / "flee-mali"))

COMMANDS = ["run", "resume", "rerun", "branch", "check", "show", "template", "params", "models", "schedule", "info",
            "events", "ledger", "digest", "diff", "map", "plot", "animate", "atlas", "compare", "explore",
            "study", "calibrate", "facts", "forecast", "flee", "export", "signatures", "bench", "help"]


def sahel(*arguments, env=None, cwd=ROOT, timeout=300):
    return subprocess.run([PROGRAM, *map(str, arguments)], cwd=cwd, text=True,
                          capture_output=True, timeout=timeout,
                          env={**os.environ, **(env or {})})


class Folder(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sahel-cli-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def assertStatus(self, done, status):
        self.assertEqual(done.returncode, status, done.stderr)
