"""sahel signatures: its table, its verdicts, its messages."""
import csv
import io
import unittest

from support import ROOT, Folder, sahel

BOX = ROOT / "tests/signatures/box.yaml"
HEADER = "mechanism,contrast,measure,effect,low,high,expected,verdict"
SMALL = f"""
mechanism: gold
scenario: {BOX}
replicates: 24
set: {{run.end: 2017-04-30}}
contrasts:
  - name: no gold
    a: {{}}
    b: {{gold.price: 0}}
    measures:
      - {{name: income, of: money_by_stream, where: {{stream: gold}}, expected: down}}
      - {{name: wrong way, of: money_by_stream, where: {{stream: gold}}, expected: up}}
  - name: nothing
    a: {{}}
    b: {{gold.price: 1}}
    measures:
      - {{name: deaths, of: deaths, low: 0, high: 0}}
      - {{name: ratio, of: money_by_stream, where: {{stream: gold}}, relative: on, low: 0, high: 0}}
levels:
  - {{name: undefined, arm: {{}}, events: {{where: {{deaths: [1e6]}}}}, per: {{events: {{where: {{deaths: [1e6]}}}}}}, low: 0}}
"""


class Signatures(Folder):
    def write(self, text):
        path = self.folder / "01-own.yaml"
        path.write_text(text)
        return path

    def test_verdicts_effects_and_status(self):
        path = self.write(SMALL)
        done = sahel("signatures", path, "--csv", "--quiet")
        self.assertStatus(done, 1)
        self.assertEqual(done.stdout.splitlines()[0], HEADER)
        rows = {row["measure"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
        self.assertEqual({name: row["verdict"] for name, row in rows.items()},
                         {"income": "pass", "wrong way": "miss", "deaths": "pass",
                          "ratio": "pass", "undefined": "miss"})
        self.assertLess(float(rows["income"]["high"]), 0)
        self.assertEqual(float(rows["deaths"]["effect"]), 0)
        self.assertEqual(rows["undefined"]["effect"], "nan")
        self.assertEqual(rows["undefined"]["expected"], "at least 0")
        self.assertIn("not defined in 24 of 24 replicates", done.stderr)
        again = sahel("signatures", self.folder, "--csv", "--quiet", "--threads", 1)
        self.assertEqual(again.stdout, done.stdout)
        other = sahel("signatures", path, "--csv", "--quiet", "--seed", 2)
        self.assertNotEqual(other.stdout, done.stdout)

    def test_on_another_scenario(self):
        end = self.folder / "short.yaml"
        end.write_text(f"base: {BOX}\nrun: {{end: 2017-02-28}}\n")
        done = sahel("signatures", self.write(SMALL), "--csv", "--quiet", "--scenario", end,
                     "--replicates", 3)
        self.assertStatus(done, 1)
        self.assertIn("not defined in 3 of 3 replicates", done.stderr)
        short = self.write(SMALL.replace("2017-04-30", "2017-02-28").replace("replicates: 24", "replicates: 3"))
        self.assertEqual(sahel("signatures", short, "--csv", "--quiet").stdout, done.stdout)
        done = sahel("signatures", short, "--scenario", "none.yaml")
        self.assertStatus(done, 2)
        self.assertEqual(done.stderr.count("none.yaml: No such file"), 1)

    def test_all_pass(self):
        text = SMALL.split("      - {name: wrong")[0]
        done = sahel("signatures", self.write(text))
        self.assertStatus(done, 0)
        self.assertRegex(done.stdout, r"gold +no gold +income +USD .* down +pass\n")
        self.assertIn("1 of 1 pass, 48 runs, seed 1", done.stderr)

    def test_a_contrast_may_have_its_own_replicates(self):
        text = SMALL.split("      - {name: wrong")[0]
        own = self.write(text.replace("  - name: no gold\n", "  - name: no gold\n    replicates: 5\n"))
        self.assertIn("1 of 1 pass, 10 runs, seed 1", sahel("signatures", own).stderr)
        five = self.write(text.replace("replicates: 24", "replicates: 5"))
        self.assertEqual(sahel("signatures", own).stdout, sahel("signatures", five).stdout)
        wrong = self.write(text.replace("  - name: no gold\n", "  - name: no gold\n    replicates: 1\n"))
        done = sahel("signatures", wrong)
        self.assertStatus(done, 2)
        self.assertRegex(done.stderr, r"contrasts\[1\].replicates = 1: .*2\.\.")

    def test_all_mistakes_at_once(self):
        text = (SMALL.replace("stream: gold", "stream: gould", 1)
                .replace("gold.price: 0", "gold.prise: 0").replace("of: deaths,", "of: death,"))
        done = sahel("signatures", self.write(text))
        self.assertStatus(done, 2)
        self.assertEqual(done.stdout, "")
        self.assertRegex(done.stderr,
                         r"01-own.yaml:9:\d+: gold.prise: no such parameter; did you mean price\?")
        self.assertIn("stream = gould: no such stream; did you mean gold?", done.stderr)
        self.assertIn("of = death: no such series, ledger or field; did you mean deaths?", done.stderr)
        self.assertIn("3 errors, nothing was run", done.stderr)

    def test_no_signatures(self):
        done = sahel("signatures", self.folder)
        self.assertStatus(done, 2)
        self.assertIn("holds no signatures", done.stderr)
        done = sahel("signatures", self.folder / "none.yaml")
        self.assertStatus(done, 2)
        self.assertIn("none.yaml", done.stderr)


if __name__ == "__main__":
    unittest.main()
