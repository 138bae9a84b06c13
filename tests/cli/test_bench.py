"""sahel bench: the form of its answer; no time is asserted."""
import json
import unittest

from support import GOOD, ROOT, Folder, sahel

KEYS = {"model", "size", "threads", "agents", "steps", "seconds",
        "agent_steps_per_second", "bytes_per_agent", "peak_bytes", "phases",
        "mechanisms"}
# Phases that lie outside the mechanisms of the day.
OUTSIDE = ["setting up", "sorting, timeline", "recording", "packing the result"]


class Bench(Folder):
    def measure(self, *arguments):
        done = sahel("bench", "--json", *arguments)
        self.assertStatus(done, 0)
        self.assertEqual(done.stderr, "")
        rows = json.loads(done.stdout)
        for row in rows:
            self.assertLessEqual(KEYS, set(row))
            self.assertGreater(row["agent_steps_per_second"], 0)
        return rows

    def test_parts(self):
        for model, size in [("triad", 100000), ("rng", 100000)]:
            rows = self.measure("--model", model, "--size", size, "--threads", 1)
            self.assertEqual([(r["model"], r["threads"]) for r in rows], [(model, 1)])

    def test_communities(self):
        rows = self.measure("--model", "sahel-community", "--size", "20000", "--threads",
                            2)
        self.assertEqual([row["state"] for row in rows], ["quiet", "troubled"])
        self.assertLessEqual(rows[0]["bytes_per_agent"], 48)

    def test_run(self):
        rows = self.measure("--model", "sahel", "--size", 1000, "--threads", 1,
                            "--scenario", GOOD)
        self.assertEqual(rows[0]["steps"], 91)
        phases = {part["name"]: part["seconds"] for part in rows[0]["phases"]}
        mechanisms = {part["name"]: part["seconds"] for part in rows[0]["mechanisms"]}
        self.assertGreater(phases["information"], 0)
        self.assertGreater(mechanisms["communities"], 0)
        self.assertGreater(mechanisms["attacks"], 0)
        # What mechanisms take is what the phases of the day take together.
        day = sum(phases.values()) - sum(phases[outside] for outside in OUTSIDE)
        self.assertAlmostEqual(sum(mechanisms.values()), day, delta=1e-4)

    def test_mechanisms(self):
        def parts(*arguments):
            done = sahel("bench", "--model", "sahel", "--size", 1000, "--threads", 1,
                         "--scenario", *arguments)
            self.assertStatus(done, 0)
            table = done.stdout.split("by mechanism")[1].splitlines()[2:]
            return {line.split()[0]: float(line.split()[1]) for line in table}

        with_gold = parts(GOOD)
        self.assertIn("gold", with_gold)
        times = list(with_gold.values())
        self.assertEqual(times, sorted(times, reverse=True))
        without = self.folder / "without.yaml"
        without.write_text(f"base: {ROOT / GOOD}\nmechanisms: {{gold: off}}\n")
        self.assertEqual(set(with_gold) - set(parts(without)), {"gold"})

    def test_classics(self):
        for model, size, states in [("epstein", 40, ["tiled", "sequential"]),
                                    ("bohorquez", 1000, [""]), ("bennett", 200, [""]),
                                    ("lanchester", 1000, [""])]:
            rows = self.measure("--model", model, "--size", size, "--threads", 1)
            self.assertEqual([row["state"] for row in rows], states)
            for row in rows:
                self.assertGreater(row["bytes_per_agent"], 10)
                self.assertGreater(sum(p["seconds"] for p in row["phases"]), 0)
                self.assertEqual(row["mechanisms"], [])

    def test_table(self):
        done = sahel("bench", "--model", "rng", "--size", 100000, "--threads", 1)
        self.assertStatus(done, 0)
        self.assertEqual(len(done.stdout.splitlines()), 2)


if __name__ == "__main__":
    unittest.main()
