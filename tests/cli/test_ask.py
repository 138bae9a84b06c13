"""Commands that only answer: help, versions, scenarios, parameters."""
import subprocess
import unittest

from support import BASE, COMMANDS, GOOD, PROGRAM, ROOT, Folder, sahel


class Help(Folder):
    def test_every_command_has_help_with_an_example(self):
        for name in COMMANDS:
            with self.subTest(name):
                done = sahel(name, "--help")
                self.assertStatus(done, 0)
                self.assertIn("Usage: sahel " + name, done.stdout)
                self.assertRegex(done.stdout, r"Examples?:\n  sahel " + name)
                self.assertIn("--quiet", done.stdout)
                self.assertEqual(done.stderr, "")
                self.assertEqual(sahel("help", name).stdout, done.stdout)

    def test_the_list_names_every_command_and_no_other(self):
        text = sahel("help").stdout
        listed = [line.split()[0] for line in
                  text.split("Commands:\n")[1].split("\n\n")[0].splitlines() if line.startswith("  ")]
        self.assertEqual(listed, COMMANDS)
        self.assertEqual(sahel("--help").stdout, text)

    def test_no_command_is_a_wrong_request(self):
        done = sahel()
        self.assertStatus(done, 2)
        self.assertEqual(done.stdout, "")
        self.assertIn("Commands:", done.stderr)

    def test_version_names_commit_and_libraries(self):
        done = sahel("--version")
        self.assertStatus(done, 0)
        self.assertRegex(done.stdout, r"^sahel \d+\.\d+\.\d+ \(.+\)\n")
        for library in ["GSL", "HDF5", "libfyaml", "Cairo", "Pango"]:
            self.assertIn(library, done.stdout)


class Mistakes(Folder):
    def assertSays(self, done, text):
        self.assertStatus(done, 2)
        self.assertIn(text, done.stderr)
        self.assertEqual(done.stdout, "")

    def test_unknown_words_get_the_nearest(self):
        self.assertSays(sahel("rum"), "no such command: rum; did you mean run?")
        self.assertSays(sahel("help", "chek"), "did you mean check?")
        self.assertSays(sahel("run", "--thread5", "2"), "did you mean --threads?")
        self.assertSays(sahel("--versoin"), "no such option: --versoin")
        self.assertSays(sahel("params", "recrutment"), "did you mean recruitment?")
        self.assertSays(sahel("params", "run.sed"), "did you mean run.seed?")
        self.assertSays(sahel("models", "sahl"), "did you mean sahel?")
        self.assertSays(sahel("run", GOOD, "--log", "jsn"), "did you mean json?")

    def test_arguments_are_counted(self):
        self.assertSays(sahel("check"), "an argument is missing: SCENARIO.yaml")
        self.assertSays(sahel("check", GOOD, GOOD), "one argument too many")
        self.assertSays(sahel("diff", "a.h5"), "an argument is missing: A.h5 B.h5")
        self.assertSays(sahel("run", GOOD), "where to? Give -o FILE")

    def test_values_are_checked(self):
        for wrong in ["0", "1025", "two", "-1", "1.5"]:
            self.assertSays(sahel("run", GOOD, "-o", "x.h5", "--threads", wrong),
                            "must be a whole number in 1..1024")
        self.assertSays(sahel("map", "x.h5", "--field", "f", "-o", "m.png", "--from",
                              "2016"), "expected a date such as 2016-01-31")
        self.assertSays(sahel("bench", "--size", "5"), "--size needs --model")

    def test_misspelt_instruction_set(self):
        self.assertSays(sahel("models", env={"SAHEL_ISA": "avx1024"}),
                        "SAHEL_ISA = avx1024: must be one of baseline, avx2, avx512")
        self.assertStatus(sahel("models", env={"SAHEL_ISA": "baseline"}), 0)

    def test_files_that_are_not_there(self):
        self.assertSays(sahel("check", "nowhere.yaml"), "nowhere.yaml: No such file")
        for name in ["info", "events", "ledger", "digest"]:
            self.assertSays(sahel(name, "nowhere.h5"), "nowhere.h5")
            self.assertSays(sahel(name, GOOD), GOOD)

    def test_a_full_disk_is_told(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "params", "--all"], stdout=full,
                                  stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 3)
        self.assertIn("standard output cannot be written", done.stderr)


class Scenarios(Folder):
    def test_check_tells_the_size(self):
        done = sahel("check", BASE)
        self.assertStatus(done, 0)
        for text in ["agents", "7,980  cells", "1,827  days", "\nok\n"]:
            self.assertIn(text, done.stdout)
        self.assertEqual(done.stderr, "")

    def test_a_base_is_also_found_in_the_data_of_the_program(self):
        """Beside the file first; then in the folder of data, wherever the file lies."""
        mine = self.folder / "mine.yaml"
        mine.write_text("base: scenarios/sahel/base.yaml\nrun: {end: 2016-01-31}\n")
        done = sahel("show", mine, cwd=self.folder)
        self.assertStatus(done, 0)
        self.assertIn("Central Sahel 2016-2020", done.stdout)
        mine.write_text("base: tests/scenarios/good.yaml\n")
        done = sahel("show", mine, cwd=self.folder, env={"SAHEL_DATA": str(ROOT)})
        self.assertStatus(done, 0)
        self.assertIn("Around Mopti", done.stdout)
        beside = self.folder / "tests/scenarios"
        beside.mkdir(parents=True)
        (beside / "good.yaml").write_text("title: Beside\nbase: scenarios/sahel/base.yaml\n")
        done = sahel("show", mine, cwd=self.folder, env={"SAHEL_DATA": str(ROOT)})
        self.assertStatus(done, 0)
        self.assertIn("title: Beside", done.stdout)
        mine.write_text("base: nowhere.yaml\n")
        done = sahel("show", mine, cwd=self.folder)
        self.assertStatus(done, 2)
        self.assertIn("mine.yaml:1:7: base = nowhere.yaml", done.stderr)

    def test_check_quietly(self):
        done = sahel("check", BASE, "--quiet")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_errors_of_settings_and_files_together(self):
        done = sahel("check", GOOD, "--set", "run.sed=7", "--set", "grid.cell=3 deg")
        self.assertStatus(done, 2)
        self.assertIn("command line: run.sed: no such parameter; did you mean seed?",
                      done.stderr)
        self.assertTrue(done.stderr.endswith("2 errors, nothing was run\n"))

    def test_mistakes_of_values_places_and_fields_together(self):
        done = sahel("check", GOOD, "--set", "grid.theatre.XYZ=all", "--set",
                     "run.seed=x", "--set", "output.fields.keep=[contrl]")
        self.assertStatus(done, 2)
        self.assertIn("command line: run.seed = x", done.stderr)
        self.assertIn("command line: grid.theatre = XYZ", done.stderr)
        self.assertIn("command line: output.fields.keep = contrl", done.stderr)
        self.assertTrue(done.stderr.endswith("3 errors, nothing was run\n"))

    def test_show_can_be_run_again(self):
        done = sahel("show", GOOD, "--set", "run.seed=7")
        self.assertStatus(done, 0)
        self.assertIn("seed: 7  # command line", done.stdout)
        self.assertRegex(done.stdout, r"cell: 0\.5 deg  # .*good\.yaml:\d+")
        self.assertIn("# default", done.stdout)
        shown = self.folder / "shown.yaml"
        shown.write_text(done.stdout)
        again = sahel("show", shown, "--plain", "--set",
                      f"grid.geography={ROOT}/scenarios/geography")
        self.assertStatus(again, 0)
        plain = sahel("show", GOOD, "--plain", "--set", "run.seed=7", "--set",
                      f"grid.geography={ROOT}/scenarios/geography")
        self.assertEqual(again.stdout, plain.stdout)

    def test_template_is_a_scenario(self):
        text = sahel("template").stdout
        filled = text.replace("  # geography:", "  geography:").replace(
            "  # seed: 1", "  seed: 2")
        self.assertNotEqual(filled, text)
        for content in [text, filled]:
            (self.folder / "my.yaml").write_text(content)
            for at, name in [(self.folder, "my.yaml"), (ROOT, self.folder / "my.yaml")]:
                done = sahel("check", name, cwd=at)
                self.assertStatus(done, 0)
                self.assertTrue(done.stdout.endswith("ok\n"))

    def test_params(self):
        sections = sahel("params").stdout
        self.assertIn("recruitment", sections)
        self.assertIn("output.fields", sections)
        one = sahel("params", "run.seed").stdout
        for text in ["run.seed", "whole number", "default  1", "source"]:
            self.assertIn(text, one)
        chapter = sahel("params", "--markdown").stdout
        self.assertIn("## recruitment", chapter)
        self.assertIn("| `seed` |", chapter)
        everything = sahel("params", "--all").stdout
        for text in ["run.seed", "forces.strength", "mechanisms.gold"]:
            self.assertIn(text, everything)

    def test_models_and_schedule(self):
        models = sahel("models").stdout
        self.assertRegex(models, r"recruitment +on +")
        self.assertRegex(models, r"communities +always +")
        day = sahel("schedule", GOOD, "--set", "mechanisms.gold=off").stdout
        self.assertLess(day.index("environment"), day.index("encounters"))
        self.assertRegex(day, r"\n +off gold ")
        self.assertIn("switched off: gold", day)


if __name__ == "__main__":
    unittest.main()
