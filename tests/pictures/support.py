"""What tests of pictures share: the program, PNG files read by hand, a small run."""
import os
import pathlib
import re
import shutil
import struct
import subprocess
import tempfile
import unittest
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("SAHEL", "sahel")
GOOD = ROOT / "tests/scenarios/good.yaml"


def sahel(*arguments, env=None, cwd=ROOT, timeout=300):
    return subprocess.run([PROGRAM, *map(str, arguments)], cwd=cwd, text=True,
                          capture_output=True, timeout=timeout,
                          env={**os.environ, **(env or {})})


def png_size(path):
    head = pathlib.Path(path).read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n", path
    return struct.unpack(">II", head[16:24])


def unpack_png(data):
    """(width, height, bytes a pixel, rows) of a PNG of 8 bits a channel."""
    at, width, height, kind, parts = 8, 0, 0, 0, []
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if name == b"IHDR":
            width, height, depth, kind = struct.unpack(">IIBB", body[:10])
            assert depth == 8
        elif name == b"IDAT":
            parts.append(body)
        at += 12 + length
    each = {0: 1, 2: 3, 6: 4}[kind]
    return width, height, each, unfilter(zlib.decompress(b"".join(parts)), width * each, each)


def unfilter(raw, stride, each):
    rows, before = [], bytearray(stride)
    for at in range(0, len(raw), stride + 1):
        kind, row = raw[at], bytearray(raw[at + 1:at + 1 + stride])
        for x in range(stride if kind else 0):
            left = row[x - each] if x >= each else 0
            up, corner = before[x], before[x - each] if x >= each else 0
            if kind == 1:
                add = left
            elif kind == 2:
                add = up
            elif kind == 3:
                add = (left + up) // 2
            else:
                p = left + up - corner
                add = min((abs(p - left), 0, left), (abs(p - up), 1, up),
                          (abs(p - corner), 2, corner))[2]
            row[x] = (row[x] + add) & 255
        rows.append(row)
        before = row
    return rows


def svg_blocks(path):
    """(colour, x, y, width, height) of every rectangle that an SVG of cairo fills."""
    text = pathlib.Path(path).read_text(encoding="utf-8")
    number = r"(-?[\d.]+)"
    shape = re.compile(rf'fill:(rgb\([^)]+\))[^>]*? d="M {number} {number} L {number} {number} '
                       rf'L {number} {number} L {number} {number} Z')
    for m in shape.finditer(text):
        x = [float(v) for v in m.groups()[1::2]]
        y = [float(v) for v in m.groups()[2::2]]
        yield m[1], min(x), min(y), max(x) - min(x), max(y) - min(y)


class Folder(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sahel-pictures-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def assertStatus(self, done, status):
        self.assertEqual(done.returncode, status, done.stderr)


def small_run(folder, name, *settings):
    path = pathlib.Path(folder) / name
    extra = [part for setting in settings for part in ("--set", setting)]
    done = sahel("run", GOOD, "-o", path, "--quiet", *extra)
    assert done.returncode == 0, done.stderr
    return path


BOX = ROOT / "tests/signatures/box.yaml"
DESIGNS = {
    "grid": "{kind: grid, vary: {attacks.rate: {from: 0.05, to: 0.5, levels: 3}, gold.price: [0.5, 2]}}",
    "oat": "{kind: oat, vary: {attacks.rate: [0.01, 0.5], gold.price: [0.5, 2], mechanisms.self_defence: [on]}}",
    "morris": "{kind: morris, points: 2, vary: {attacks.rate: {from: 0.01, to: 0.9}, gold.price: {from: 0.5, to: 2}}}",
    "saltelli": "{kind: saltelli, points: 8, vary: {attacks.rate: {from: 0.01, to: 0.9}, gold.price: {from: 0.5, to: 2}}}",
}


def small_study(folder, kind, title="Small", days=20):
    """A study of a few short runs; returns the path of its study.h5."""
    folder = pathlib.Path(folder)
    (folder / "measures.yaml").write_text("measures: [{name: deaths, of: deaths}, {name: events, of: events}, "
                                          "{name: deaths, of: deaths_by_country, by: country}]\n")
    (folder / f"{kind}.yaml").write_text(f"""title: {title}
scenario: {BOX}
set: {{run.end: 2017-01-{days}, run.people_per_agent: 1000, grid.cell: 1 deg}}
seed: 5
replicates: 3
measures: measures.yaml
design: {DESIGNS[kind]}
keep: {{series: day}}
""")
    done = sahel("study", "run", folder / f"{kind}.yaml", "-o", folder / kind, "--quiet", "--jobs", 1)
    assert done.returncode == 0, done.stderr
    return folder / kind / "study.h5"
