"""Small studies for tests, and what they leave."""
import hashlib
import os
import pathlib
import time

import h5py
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
BOX = ROOT / "tests/signatures/box.yaml"


def write_study(path, days=20, replicates=4, levels=3):
    """A study of `levels` points; returns how many runs it has."""
    path.write_text(f"""scenario: {BOX}
set: {{run.end: 2017-01-{days}, grid.cell: 1 deg}}
seed: 3
replicates: {replicates}
design:
  kind: grid
  vary:
    gold.price: {{from: 0.5, to: 2, levels: {levels}}}
keep: {{series: month}}
""")
    return replicates * levels


def datasets(path):
    """A hash of every dataset of an HDF5 file but what tells of machine and time."""
    found = {}

    def take(name, item):
        if isinstance(item, h5py.Dataset) and not name.startswith(
                ("provenance/environment", "provenance/resources")):
            values = np.asarray(item[()])
            raw = repr(values.tolist()).encode() if values.dtype == object else values.tobytes()
            found[name] = hashlib.sha256(raw + str(values.shape).encode()).hexdigest()

    with h5py.File(path) as file:
        file.visititems(take)
    return found


def leavings(folder):
    """All that a study left but its locks: by name, the bytes of its files as hashes."""
    found = {}
    for path in sorted(pathlib.Path(folder).rglob("*")):
        name = str(path.relative_to(folder))
        if path.suffix == ".h5":
            found.update({f"{name}/{key}": value for key, value in datasets(path).items()})
        elif path.is_file() and path.name != "claims":
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def wait_until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"nothing happened in {seconds} s")
        time.sleep(0.01)


def children(pid):
    """Processes that a process started."""
    found = []
    for entry in os.listdir("/proc"):
        try:
            fields = pathlib.Path(f"/proc/{entry}/stat").read_text().rsplit(")", 1)[1].split()
        except (OSError, IndexError):
            continue
        if entry.isdigit() and int(fields[1]) == pid:
            found.append(int(entry))
    return found
