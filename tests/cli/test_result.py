"""Commands that read results: info, events, ledger, digest, diff, map."""
import csv
import io
import pathlib
import shutil
import tempfile
import unittest

from support import GOOD, ROOT, Folder, sahel

LONGER = ["--set", "run.end=2017-02-15"]


PLEDGES = f"""base: {ROOT / GOOD}
factions:
  - {{name: union, camp: al_qaeda}}
  - {{name: macina, parent: union, pledge: 2016-01-20}}
"""


def setUpModule():
    global RESULTS
    RESULTS = pathlib.Path(tempfile.mkdtemp(prefix="sahel-cli-"))
    (RESULTS / "pledges.yaml").write_text(PLEDGES)
    done = sahel("run", RESULTS / "pledges.yaml", "-o", RESULTS / "pledges.h5", "--quiet")
    assert done.returncode == 0, done.stderr
    for name, seed in [("a", 1), ("same", 1), ("b", 2)]:
        done = sahel("run", GOOD, "-o", RESULTS / f"{name}.h5", "--quiet", *LONGER,
                     "--set", f"run.seed={seed}")
        assert done.returncode == 0, done.stderr


def tearDownModule():
    shutil.rmtree(RESULTS, ignore_errors=True)


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


class Results(Folder):
    def test_info(self):
        done = sahel("info", RESULTS / "a.h5")
        self.assertStatus(done, 0)
        self.assertEqual(done.stderr, "")
        for text in ["Around Mopti", "2016-01-01 to 2017-02-15", "deaths", "Digest"]:
            self.assertIn(text, done.stdout)

    def test_events_and_ledger_agree(self):
        events = sahel("events", RESULTS / "a.h5", "--csv")
        self.assertStatus(events, 0)
        rows = table(events.stdout)
        self.assertEqual(events.stdout.splitlines()[0].split(",")[:4],
                         ["date", "lon", "lat", "gid"])
        ledger = table(sahel("ledger", RESULTS / "a.h5", "--csv").stdout)
        self.assertEqual(list(ledger[0]), "year country entry item value unit".split())
        for year in ["2016", "2017"]:
            told = sum(float(row["value"]) for row in ledger
                       if row["entry"] == "deaths_by_kind" and row["year"] == year)
            seen = sum(int(row["deaths"]) for row in rows if row["date"][:4] == year)
            self.assertEqual(told, seen)
        self.assertIn("deaths_by_kind", sahel("ledger", RESULTS / "a.h5").stdout)

    def test_the_ledger_of_one_country(self):
        path = RESULTS / "a.h5"
        rows = table(sahel("ledger", path, "--csv").stdout)
        done = sahel("ledger", path, "--country", "MLI")
        self.assertStatus(done, 0)
        entry = done.stdout.split("\ndeaths_by_kind ")[1].split("\n\n")[0]
        told = {line.split()[0]: [float(x) for x in line.split()[1:]]
                for line in entry.splitlines()[2:]}
        self.assertGreater(len(told), 1)
        for item, values in told.items():
            self.assertTrue(any(values), "an item without anything is told")
            seen = [float(row["value"]) for row in rows if row["entry"] == "deaths_by_kind"
                    and row["country"] == "MLI" and row["item"] == item]
            self.assertEqual(seen, values)
        self.assertNotIn("money_by_stream", done.stdout)  # knows no countries
        self.assertIn("money_by_stream", sahel("ledger", path).stdout)
        for wrong, why in [(["--country", "XXX"], "knows no country XXX"),
                           (["--country", "MLI", "--csv"], "without --country")]:
            done = sahel("ledger", path, *wrong)
            self.assertStatus(done, 2)
            self.assertIn(why, done.stderr)

    def test_other_logs(self):
        path = RESULTS / "pledges.h5"
        done = sahel("events", path, "--csv", "--log", "allegiances")
        self.assertStatus(done, 0)
        rows = table(done.stdout)
        self.assertEqual(len(rows), 1)
        self.assertEqual(list(rows[0]), "date id kind side_a side_b fighters cause".split())
        fighters = rows[0].pop("fighters")
        self.assertGreater(int(fighters), 0)
        self.assertEqual(list(rows[0].values()),
                         ["2016-01-20", "1", "pledge", "macina", "union", "scenario"])
        events = sahel("events", path, "--csv")
        none = sahel("events", RESULTS / "a.h5", "--csv", "--log", "allegiances")
        self.assertEqual(none.stdout.splitlines(), done.stdout.splitlines()[:1])
        self.assertEqual(sahel("events", path, "--csv", "--log", "events").stdout,
                         events.stdout)
        info = sahel("info", path).stdout
        for name, told in [("events", events), ("allegiances", done)]:
            self.assertRegex(info, rf"{name} +{len(table(told.stdout))} rows? of ")
        done = sahel("events", path, "--csv", "--log", "alegiances")
        self.assertStatus(done, 2)
        self.assertIn("did you mean allegiances?", done.stderr)

    def test_what_is_observed_is_a_list_of_its_own(self):
        done = sahel("events", RESULTS / "a.h5", "--csv", "--log", "observed")
        self.assertStatus(done, 0)
        rows = table(done.stdout)
        events = {row["id"]: row
                  for row in table(sahel("events", RESULTS / "a.h5", "--csv").stdout)}
        self.assertLess(len(rows), len(events))
        self.assertGreater(len(rows), 0)
        self.assertEqual(list(rows[0]), "date lon lat gid id cell country event date_told violence "
                         "kind side_a side_b deaths_a deaths_b deaths_civilians deaths "
                         "where_prec town_km moved_km".split())
        for row in rows:
            event = events[row["event"]]
            self.assertEqual([row["date"], row["kind"], row["violence"]],
                             [event["date"], event["kind"], event["violence"]])
            self.assertRegex(row["date_told"], r"^20\d\d-\d\d-\d\d$")
            self.assertGreaterEqual(row["date_told"], row["date"])

    def test_nobody_who_watches_changes_anything(self):
        path = self.folder / "blind.h5"
        done = sahel("run", GOOD, "-o", path, "--quiet", *LONGER, "--set", "run.seed=1",
                     "--set", "mechanisms.observation=off")
        self.assertStatus(done, 0)
        seen, blind = (sahel("digest", p).stdout.split()[-1]
                       for p in (RESULTS / "a.h5", path))
        self.assertEqual(seen, blind)
        told = ["observed*", "series/observed_*", "parameters*", "scenario*"]
        ignored = [word for glob in told for word in ("--ignore", glob)]
        same = sahel("diff", RESULTS / "a.h5", path, *ignored)
        self.assertStatus(same, 0)
        self.assertStatus(sahel("diff", RESULTS / "a.h5", path, *ignored[2:]), 1)

    def test_digest_and_diff(self):
        digest = [sahel("digest", RESULTS / f"{name}.h5").stdout.split()[-1]
                  for name in ["a", "same", "b"]]
        self.assertEqual(digest[0], digest[1])
        self.assertNotEqual(digest[0], digest[2])
        self.assertStatus(sahel("diff", RESULTS / "a.h5", RESULTS / "same.h5"), 0)
        done = sahel("diff", RESULTS / "a.h5", RESULTS / "b.h5")
        self.assertStatus(done, 1)
        self.assertIn("@digest", done.stdout)
        quiet = sahel("diff", "--quiet", RESULTS / "a.h5", RESULTS / "b.h5")
        self.assertEqual((quiet.returncode, quiet.stdout, quiet.stderr), (1, "", ""))
        self.assertStatus(sahel("diff", RESULTS / "a.h5", RESULTS / "b.h5", "--ignore",
                                "*"), 0)
        self.assertStatus(sahel("diff", RESULTS / "a.h5", RESULTS / "no.h5"), 2)

    def test_map(self):
        picture = self.folder / "deaths.png"
        request = ["map", RESULTS / "a.h5", "--field", "deaths", "--multiple", "year",
                   "-o", picture, "--dpi", "60"]
        self.assertStatus(sahel(*request), 0)
        self.assertEqual(picture.read_bytes()[:4], b"\x89PNG")
        self.assertStatus(sahel(*request), 2)
        self.assertStatus(sahel(*request, "--force"), 0)
        done = sahel("map", RESULTS / "a.h5", "--field", "deths", "-o",
                     self.folder / "x.svg")
        self.assertStatus(done, 2)
        self.assertIn("did you mean deaths?", done.stderr)
        self.assertStatus(sahel("map", RESULTS / "a.h5", "-o", picture), 2)
        self.assertStatus(sahel("map", RESULTS / "a.h5", "--field", "deaths"), 2)


if __name__ == "__main__":
    unittest.main()
