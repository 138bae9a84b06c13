"""Films: pictures by day without ffmpeg, films with it."""
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from support import Folder, png_size, sahel, small_run, unpack_png

FFMPEG = shutil.which("ffmpeg") and shutil.which("ffprobe")


def setUpModule():
    global RESULTS
    RESULTS = pathlib.Path(tempfile.mkdtemp(prefix="sahel-pictures-"))
    small_run(RESULTS, "run.h5")


def tearDownModule():
    shutil.rmtree(RESULTS, ignore_errors=True)


class Frames(Folder):
    def frames(self, *more):
        folder = self.folder / "frames"
        done = sahel("animate", RESULTS / "run.h5", "--frames", folder, "--width", 320, *more,
                     env={"PATH": "/nowhere"})
        return done, folder

    def test_a_picture_for_each_step_and_the_last_day(self):
        done, folder = self.frames("--field", "control", "--step", 20)
        self.assertStatus(done, 0)
        names = sorted(p.name for p in folder.iterdir())  # 91 days: 0, 20 ... 80, 90
        self.assertEqual(names, [f"{i:05d}.png" for i in range(6)])
        self.assertEqual({png_size(folder / n)[0] for n in names}, {320})
        self.assertEqual(len({png_size(folder / n) for n in names}), 1)
        again, _ = self.frames("--field", "control", "--step", 20)
        self.assertStatus(again, 2)
        self.assertIn("--force", again.stderr)

    def test_pictures_differ_as_the_run_goes_on(self):
        done, folder = self.frames("--field", "people", "--step", 45)
        self.assertStatus(done, 0)
        pictures = [unpack_png((folder / f"{i:05d}.png").read_bytes())[3] for i in range(3)]
        self.assertNotEqual(pictures[0], pictures[1])
        self.assertNotEqual(pictures[1], pictures[2])

    def test_all_looks_and_part_of_the_time(self):
        for field in ["presence", "deaths", "events"]:
            done = sahel("animate", RESULTS / "run.h5", "--field", field, "--frames",
                         self.folder / field, "--width", 200, "--from", "2016-02-01", "--to",
                         "2016-02-03")
            self.assertStatus(done, 0)
            self.assertEqual(len(list((self.folder / field).iterdir())), 3)

    def test_what_is_wrong_is_told(self):
        for more, why in [(["--field", "contrl"], "control"), ([], "--field"),
                          (["--field", "control", "--from", "2019-01-01"], "no day"),
                          (["--field", "control", "-o", "a.mp4"], "where to")]:
            done, _ = self.frames(*more)
            self.assertStatus(done, 2)
            self.assertIn(why, done.stderr)

    def test_without_ffmpeg_there_is_no_film_and_a_word_about_it(self):
        done = sahel("animate", RESULTS / "run.h5", "--field", "control", "-o",
                     self.folder / "a.mp4", env={"PATH": "/nowhere"})
        self.assertStatus(done, 2)
        self.assertIn("ffmpeg", done.stderr)
        self.assertIn("--frames", done.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_program_of_that_name_that_fails(self):
        fake = self.folder / "ffmpeg"
        fake.write_text("#!/bin/sh\nexit 1\n")
        fake.chmod(0o755)
        done = sahel("animate", RESULTS / "run.h5", "--field", "control", "-o",
                     self.folder / "a.mp4", "--width", 640,
                     env={"PATH": f"{self.folder}:/usr/bin:/bin"})
        self.assertStatus(done, 3)
        self.assertIn("ffmpeg", done.stderr)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["ffmpeg"])


@unittest.skipUnless(FFMPEG, "ffmpeg is not installed")
class Films(Folder):
    def probe(self, path):
        words = ["ffprobe", "-v", "error", "-count_frames", "-select_streams", "v:0",
                 "-show_entries", "stream=codec_name,width,height,nb_read_frames", "-of",
                 "csv=p=0", str(path)]
        return subprocess.run(words, text=True, capture_output=True,
                              check=True).stdout.strip().split(",")

    def test_kinds(self):
        for suffix, codec in [("mp4", "h264"), ("gif", "gif")]:
            path = self.folder / f"a.{suffix}"
            done = sahel("animate", RESULTS / "run.h5", "--field", "control", "-o", path,
                         "--width", 321, "--step", 10)
            self.assertStatus(done, 0)
            name, width, _, frames = self.probe(path)
            self.assertEqual((name, width, frames), (codec, "322", "10"))
        self.assertStatus(done, 0)
        done = sahel("animate", RESULTS / "run.h5", "--field", "control", "-o",
                     self.folder / "a.webp", "--width", 200, "--step", 30)
        self.assertStatus(done, 0)
        head = (self.folder / "a.webp").read_bytes()
        self.assertEqual((head[:4], head[8:12], head.count(b"ANMF")), (b"RIFF", b"WEBP", 4))

    def test_an_existing_film_stays(self):
        path = self.folder / "a.gif"
        path.write_text("mine")
        args = ("animate", RESULTS / "run.h5", "--field", "control", "-o", path, "--width", 200,
                "--step", 60)
        self.assertStatus(sahel(*args), 2)
        self.assertEqual(path.read_text(), "mine")
        self.assertStatus(sahel(*args, "--force"), 0)
        self.assertEqual(path.read_bytes()[:4], b"GIF8")
        self.assertEqual([p.name for p in self.folder.iterdir()], ["a.gif"])


if __name__ == "__main__":
    unittest.main()
