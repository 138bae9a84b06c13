"""The same result on processors that can do less: without the wider instructions of the
C library, with any of our own variants, and on emulated processors of other makers."""
import hashlib
import math
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("SAHEL", "sahel")
DIGESTS = os.environ.get("SAH_TINY_DIGEST", "")
RUN = ["run", "scenarios/sahel/base.yaml", "--quiet", "--set", "run.end=2016-02-29",
       "--set", "run.people_per_agent=1000", "-o"]

# What glibc chooses its functions by; it passes over names it does not know.
# The second row names them as glibc before 2.33 did.
WITHOUT = ["-AVX2,-FMA", "-AVX2_Usable,-FMA_Usable", "-AVX512F", "-ERMS",
           "-AVX,-AVX2,-AVX512F,-FMA,-FMA4,-SSE4_1,-SSE4_2,-SSSE3,-ERMS,-FSRM,-MOVBE,-BMI2"]
VARIANTS = ["baseline", "avx2", "avx512"]

# Of 2003, 2008, 2011 and 2017, and what they shall choose; digests of one of a kind.
EMULATED = {"qemu64": "baseline", "Nehalem": "baseline", "SandyBridge": "baseline", "EPYC": "avx2"}
KINDS = ["Nehalem", "EPYC"]
QEMU = shutil.which("qemu-x86_64")


def has(word):
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return False
    return any(line.startswith("flags") and word in line.split() for line in lines)


def call(*command, **env):
    return subprocess.run(list(map(str, command)), cwd=ROOT, text=True, capture_output=True,
                          timeout=300, env={**os.environ, **env})


def libm():
    """A digest of what the C library computes where this is called."""
    rows = (f(x / 1000) for x in range(1, 5000) for f in (math.exp, math.sin, math.log))
    return hashlib.sha256("".join(map(float.hex, rows)).encode()).hexdigest()


class Processors(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="sahel-processors-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.whole = cls.folder / "whole.h5"
        done = call(PROGRAM, *RUN, cls.whole)
        assert done.returncode == 0, done.stderr

    def same(self, name, **env):
        path = self.folder / f"{name}.h5"
        done = call(PROGRAM, *RUN, path, **env)
        self.assertEqual(done.returncode, 0, done.stderr)
        done = call(PROGRAM, "diff", self.whole, path)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_c_library_without(self):
        for k, names in enumerate(WITHOUT):
            with self.subTest(names):
                self.same(f"without{k}", GLIBC_TUNABLES=f"glibc.cpu.hwcaps={names}")

    def test_the_tunables_are_heard(self):
        """Else the test above would compare one thing with itself."""
        if not has("fma"):
            self.skipTest("this processor has no FMA to take away")
        code = f"import sys; sys.path.insert(0, {str(ROOT / 'tests/regress')!r}); " \
               "from test_processors import libm; print(libm())"
        plain, without = (call("/usr/bin/python3", "-c", code, GLIBC_TUNABLES=text).stdout
                          for text in ("", f"glibc.cpu.hwcaps={WITHOUT[0]}"))
        self.assertEqual(plain.strip(), libm())
        if "glibc" not in os.confstr("CS_GNU_LIBC_VERSION"):
            self.skipTest("the C library is not glibc")
        self.assertNotEqual(plain, without)

    def test_variants(self):
        seen = set()
        for variant in VARIANTS:
            with self.subTest(variant):
                self.same(variant, SAHEL_ISA=variant)
                said = call(PROGRAM, "--version", SAHEL_ISA=variant).stdout
                seen.add(said.split("instructions")[1].split()[0])
        able = ["baseline"] + ["avx2"] * has("avx2") + ["avx512"] * all(
            map(has, ["avx512f", "avx512bw", "avx512dq", "avx512vl"]))
        self.assertEqual(seen, set(able))

    def test_best_is_chosen(self):
        """Named by the processor and SAHEL_ISA alone, not by what glibc is told."""
        words = {call(PROGRAM, "--version", SAHEL_ISA="", GLIBC_TUNABLES=text).stdout
                 for text in ("", f"glibc.cpu.hwcaps={WITHOUT[0]}")}
        self.assertEqual(len(words), 1)


@unittest.skipUnless(QEMU, "needs qemu-x86_64 (Debian package qemu-user)")
class Emulated(unittest.TestCase):
    def emulate(self, processor, *command):
        # the program would start itself anew, outside of the emulator, to set this
        done = call(QEMU, "-cpu", processor, *command, OMP_WAIT_POLICY="passive",
                    OMP_NUM_THREADS="1")
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_digests(self):
        here = call(DIGESTS).stdout
        self.assertIn("seed 1 day 200:", here)
        for processor in KINDS:
            with self.subTest(processor):
                self.assertEqual(self.emulate(processor, DIGESTS), here)

    def test_variant(self):
        for processor, best in EMULATED.items():
            with self.subTest(processor):
                self.assertRegex(self.emulate(processor, PROGRAM, "--version"), f"instructions +{best}\n")


if __name__ == "__main__":
    unittest.main()
