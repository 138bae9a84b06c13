"""The seal behind a result (docs/format.md), for tests that write to one with h5py."""
import pathlib

import xxhash

MARK, LENGTH = b"SAHSEAL\0", 24


def seal(path):
    path = pathlib.Path(path)
    data = path.read_bytes()
    if data[-LENGTH:-16] == MARK:
        data = data[:-LENGTH]
    check = xxhash.xxh3_64_intdigest(data)
    path.write_bytes(data + MARK + len(data).to_bytes(8, "little") + check.to_bytes(8, "little"))
