"""A full disk, a limit on file sizes, a full standard output, a folder that is read-only.

Mounting needs root; where it is not allowed those tests are skipped. RLIMIT_FSIZE and
/dev/full serve everybody, and test_io.py gives ENOSPC without any mount."""
import os
import pathlib
import resource
import signal
import subprocess
import unittest

from support import DEPTH, Faults, digest_of, main, sahel, sample


def mounted(test, options):
    """A tmpfs of its own, unmounted at the end."""
    place = pathlib.Path(test.folder / f"disk-{len(os.listdir(test.folder))}")
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], capture_output=True, text=True,
                          check=False) if os.geteuid() == 0 else None
    if not done or done.returncode:
        test.skipTest(f"no file system can be mounted here: {done.stderr.strip() if done else 'not root'}")
    test.addCleanup(subprocess.run, ["umount", place], check=False)
    return place


def limited(size):
    """Files beyond `size` bytes fail with EFBIG, without the signal."""
    def apply():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return apply


class Full(Faults):
    def fill(self, place, free):
        """Leaves about `free` bytes."""
        (place / "ballast").unlink(missing_ok=True)
        at = os.statvfs(place)
        (place / "ballast").write_bytes(bytes(max(0, at.f_bavail * at.f_bsize - free)))

    def test_disk_of_many_sizes(self):
        place = mounted(self, "size=2m")
        needed = self.scene.good.stat().st_size + sum(f.stat().st_size for f in self.scene.part.iterdir())
        failed = 0
        for free in range(4096, needed, needed // int(8 * DEPTH)):
            self.fill(place, free)
            done = self.scene.run(place / "run.h5")
            self.judge(done)
            if done.returncode:
                failed += 1
                self.assertIn("No space left on device", done.said)
                self.assertFalse((place / "run.h5").exists())
            (place / "ballast").unlink()
            self.judge_way_on(place / "run.h5")
            (place / "run.h5").unlink()
        self.assertGreater(failed, 3, "the disk was never full")

    def test_what_stood_there_stays(self):
        place = mounted(self, "size=2m")
        target = place / "run.h5"
        target.write_bytes(b"precious")
        self.fill(place, 100000)
        self.judge(self.scene.run(target, "--force"), allowed=(3,))
        self.assertEqual(target.read_bytes(), b"precious")
        picture = place / "map.png"
        picture.write_bytes(b"precious")
        self.fill(place, 0)
        done = sahel("map", self.scene.good, "--field", "deaths", "-o", picture, "--force")
        self.assertEqual(done.returncode, 3, done.said)
        self.assertEqual(picture.read_bytes(), b"precious")

    def test_files_limited_in_size(self):
        biggest = max(self.scene.good.stat().st_size, *(f.stat().st_size for f in self.scene.part.iterdir()))
        for size in sample(biggest // 4096, 2, 4):
            target = self.folder / f"{size}.h5"
            done = self.scene.run(target, preexec_fn=limited(size * 4096))
            self.judge(done, allowed=(3,))
            self.judge_target(target)
            self.judge_way_on(target)

    def test_limit_without_ignoring_its_signal(self):
        target = self.folder / "run.h5"
        done = self.scene.run(target, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50000, 50000)))
        self.assertEqual(done.returncode, 3, done.said)
        self.assertIn("File too large", done.said)
        self.judge_way_on(target)

    def test_standard_output(self):
        for command in (["info", self.scene.good], ["events", self.scene.good, "--csv"],
                        ["ledger", self.scene.good], ["digest", self.scene.good], ["check", self.scene.scenario],
                        ["show", self.scene.scenario], ["params"], ["template"], ["help"], ["--version"],
                        ["models"], ["schedule", self.scene.scenario], ["ledger", self.scene.good, "--csv"]):
            with self.subTest(command=command[0]), open("/dev/full", "w", encoding="ascii") as full:
                done = sahel(*command, stdout=full)
                self.assertEqual(done.returncode, 3, done.said)
                self.assertIn("No space left on device", done.said)
        with open("/dev/full", "w", encoding="ascii") as full:
            done = sahel("diff", self.scene.good, self.scene.good, stdout=full)
            self.assertEqual(done.returncode, 0, "nothing was to be told there: " + done.said)


class ReadOnly(Faults):
    def test_folder(self):
        place = mounted(self, "size=4m")
        self.scene.give_unfinished(place / "left.h5")
        (place / "old.h5").write_bytes(b"precious")
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        for command in (["run", self.scene.scenario, "-o", place / "run.h5"],
                        ["run", self.scene.scenario, "-o", place / "old.h5", "--force"],
                        ["resume", place / "left.h5"],
                        ["map", self.scene.good, "--field", "deaths", "-o", place / "map.png"],
                        ["run", self.scene.scenario, "-o", self.folder / "x.h5", "--maps", place / "maps"]):
            with self.subTest(command=command):
                done = sahel(*command)
                self.judge(done)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn("Read-only file system", done.said)
        self.assertEqual(sorted(path.name for path in place.iterdir()), ["left.h5.part", "old.h5"])
        self.assertEqual((place / "old.h5").read_bytes(), b"precious")

    def test_reading_from_there(self):
        place = mounted(self, "size=4m")
        (place / "good.h5").write_bytes(self.scene.good.read_bytes())
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        self.assertEqual(digest_of(place / "good.h5"), self.scene.digest)


if __name__ == "__main__":
    main()
