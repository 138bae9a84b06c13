"""What the documents say of the program and of each other is so.

SAHEL names the program. `test_docs.py --write` writes docs/parameters.md anew."""
import functools
import html
import os
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PARAMETERS = DOCS / "parameters.md"
PAGES = [*sorted(DOCS.glob("**/*.md")), ROOT / "README.md", ROOT / "CHANGELOG.md",
         ROOT / "scenarios/geography/README.md", ROOT / "models/sahel/README.md"]
FIRST_SECTION = "## Top level\n"


@functools.cache
def sahel(*arguments):
    program = os.environ.get("SAHEL", "sahel")
    return subprocess.run([program, *arguments], cwd=ROOT, text=True, check=True,
                          capture_output=True, timeout=300).stdout


def read(path):
    return path.read_text(encoding="utf-8")


def without_code(text):
    text = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(path):
    """The ids GitHub gives to the headings of a page."""
    ids, counts = set(), {}
    text = re.sub(r"^```.*?^```", "", read(path), flags=re.M | re.S)
    for title in re.findall(r"^#+ +(.*?)\s*$", text, flags=re.M):
        title = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title)
        slug = re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
        n = counts.get(slug, 0)
        counts[slug] = n + 1
        ids.add(f"{slug}-{n}" if n else slug)
    return ids


def links(path):
    """Targets of links and pictures, and of reference definitions."""
    text = without_code(read(path))
    return (re.findall(r"\]\(([^)\s]+)\)", text) +
            re.findall(r"^\[[^\]]+\]: +(\S+)", text, flags=re.M))


def head_and_chapter(text):
    head, mark, chapter = text.partition(FIRST_SECTION)
    return head, mark + chapter


class Links(unittest.TestCase):
    def test_every_relative_link_leads_somewhere(self):
        seen = 0
        for page in PAGES:
            for target in links(page):
                if re.match(r"[a-z]+:", target):
                    continue
                name, _, anchor = target.partition("#")
                file = (page.parent / name).resolve() if name else page
                seen += 1
                with self.subTest(page=page.name, link=target):
                    self.assertTrue(file.exists(), "no such file")
                    if anchor:
                        self.assertIn(anchor, anchors(file))
        self.assertGreater(seen, 40)

    def test_every_page_is_reached_from_the_readme(self):
        reached, open_pages = set(), [ROOT / "README.md"]
        while open_pages:
            page = open_pages.pop()
            if page in reached or page.suffix != ".md" or not page.exists():
                continue
            reached.add(page)
            open_pages += [(page.parent / t.partition("#")[0]).resolve()
                           for t in links(page) if not re.match(r"[a-z]+:|#", t)]
        for page in DOCS.glob("**/*.md"):
            self.assertIn(page, reached)

    def test_every_key_in_brackets_is_defined(self):
        for name in ("odd.md", "facts.md"):
            text = without_code(read(DOCS / name))
            defined = set(re.findall(r"^\[([^\]]+)\]: ", text, flags=re.M))
            listed = read(DOCS / "references.md")
            for key in set(re.findall(r"\[([^\]\n]+)\](?![(:])", text)):
                with self.subTest(page=name, key=key):
                    self.assertTrue(key in defined or f"**{key}**" in listed
                                    or key[0].islower() or not key[0].isalpha())


class Program(unittest.TestCase):
    def test_the_chapter_of_parameters_is_up_to_date(self):
        chapter = head_and_chapter(read(PARAMETERS))[1]
        self.assertEqual(chapter, sahel("params", "--markdown"),
                         "docs/parameters.md is out of date: test_docs.py --write")

    def test_every_command_is_told_of(self):
        listed = re.search(r"^Commands:\n(.*?)\n\n", sahel("help"), flags=re.M | re.S)
        commands = re.findall(r"^  (\S+)", listed[1], flags=re.M)
        self.assertIn("run", commands)
        text = "\n".join(read(page) for page in PAGES)
        for command in commands:
            with self.subTest(command=command):
                self.assertRegex(text, rf"\bsahel +{re.escape(command)}\b")

    def test_every_variable_and_status_of_help_is_told_of(self):
        text = read(DOCS / "running.md")
        for name in re.findall(r"^  ([A-Z][A-Z_]+) ", sahel("help"), flags=re.M):
            self.assertIn(f"`{name}`", text)
        status = re.search(r"Exit status: (.*)", sahel("help"), flags=re.S)[1]
        for number in re.findall(r"\d+", status):
            self.assertRegex(text, rf"(?m)^\| [\d, ]*\b{number}\b[\d, ]*\|")

    def test_every_fact_of_the_card_is_told_of(self):
        page, told = read(DOCS / "card.md"), sahel("facts", "--list")
        facts = re.findall(r"^(F\d+) +(.*?) \((.*?)\)\n     (.*?)\.\n     Source: (.*?)\. Band: (.*?)\.$", told, flags=re.M)
        self.assertEqual(len(facts), 40)
        for number, name, unit, definition, source, band in facts:
            of = "" if unit == "1" else f", {unit}"
            self.assertIn(f"| {number} | {name}{of} | {definition} | {band} | {source} |", page)

    def test_every_parameter_of_flee_is_told_of(self):
        page, told = read(DOCS / "flee.md"), sahel("flee", "--list")
        rows = re.findall(r"^(\w+) +(.*)\n +default (.*?), (.*); source: (.*)$", told, flags=re.M)
        self.assertEqual(len(rows), 16)
        for key, doc, default, bounds, source in rows:
            self.assertIn(f"| `{key}` | {default} | {bounds} | {source} | {doc} |", page)

    def test_the_case_of_flee_prints_what_is_told(self):
        self.assertIn("```\n" + sahel("flee", "scenarios/flee/tiny", "--quiet") + "```", read(DOCS / "flee.md"))

    def test_every_option_of_run_is_told_of(self):
        text = read(DOCS / "running.md")
        for option in re.findall(r"^ .*?(--[a-z-]+)", sahel("run", "--help"), flags=re.M):
            if option not in ("--help", "--usage", "--output"):
                self.assertIn(f"`{option}", text)

    def test_every_section_a_mechanism_names_exists(self):
        sections = set(re.findall(r"^#+ (\d[\d.]*\d) ", read(DOCS / "odd.md"), flags=re.M))
        named = re.findall(r"\bODD (\d[\d.]*\d)", sahel("models", "sahel"))
        self.assertGreater(len(named), 10)
        for number in named:
            self.assertIn(number, sections)

    def test_every_mechanism_has_a_section(self):
        text = read(DOCS / "odd.md")
        chapter = text[text.index("\n## 7. "):]
        names = re.findall(r"^  (\w+) +(?:on|off|always) ", sahel("models", "sahel"), flags=re.M)
        self.assertGreater(len(names), 10)
        for name in names:
            self.assertRegex(chapter, rf"section (?:and switch )?`{name}`")

    def test_every_classic_is_told_of(self):
        page = read(DOCS / "classics.md")
        families = re.split(r"^(\w+): ", sahel("models"), flags=re.M)[1:]
        self.assertGreater(len(families), 4)
        for family, cast in zip(families[::2], families[1::2]):
            if family == "sahel":
                continue
            self.assertIn(f"Family `{family}`", page)
            for name in re.findall(r"^  (\w+) +(?:on|off|always) ", cast, flags=re.M):
                self.assertIn(f"`{name}`", page)

    def test_every_file_of_the_classics_is_told_of(self):
        page = read(DOCS / "classics.md")
        page = page[page.index("\n## Files\n"):]
        named = set(re.findall(r"`(\w+\.[ch])`", page))
        files = {file.name for file in (ROOT / "models/classic").glob("*.[ch]")}
        self.assertEqual(files, named)

    def test_every_fact_cited_exists(self):
        facts = set(re.findall(r"^#+ (F?\d[\d.]*?)\.? ", read(DOCS / "facts.md"), flags=re.M))
        cited = [(PARAMETERS, read(PARAMETERS)), (DOCS / "odd.md", read(DOCS / "odd.md"))]
        cited += [(file, read(file)) for file in sorted((ROOT / "models").rglob("*.[ch]"))]
        seen = 0
        for file, text in cited:
            for list_ in re.findall(r"\bfacts ((?:F?\d[\d.]*(?:,| and| to)? ?)+)", text):
                for number in re.findall(r"F?\d+(?:\.\d+)?", list_):
                    seen += 1
                    with self.subTest(file=file.name, fact=number):
                        self.assertIn(number, facts)
        self.assertGreater(seen, 30)


def timetable(text, phase, act):
    """(phase, mechanism) in order, acts of one mechanism in a row as one."""
    rows, number = [], 0
    for line in text.splitlines():
        if found := re.match(phase, line):
            number = int(found[1])
        found = re.match(act, line)
        if found and number and rows[-1:] != [(number, found[1])]:
            rows.append((number, found[1]))
    return rows


class Day(unittest.TestCase):
    def test_the_timetable_is_that_of_the_program(self):
        text = read(DOCS / "odd.md")
        begin = text.index("| phase | act of |")
        told = timetable(text[begin:text.index("\n\n", begin)],
                         r"\| (\d+) ", r"\| (?:\d[\w ]*)?\| (\w+) \|")
        done = timetable(sahel("schedule", "scenarios/sahel/base.yaml"),
                         r"(\d+)  \w", r"(?:   off | {7})(\w+) ")
        self.assertGreater(len(done), 50)
        self.assertEqual(told, done)


class Loops(unittest.TestCase):
    """The figure of causal loops: its table, the cast, and the committed drawing."""

    def setUp(self):
        sys.path.insert(0, str(DOCS / "loops"))
        import draw
        self.draw = draw

    def test_every_mechanism_stands_in_a_loop(self):
        cast = self.draw.numbers()
        named = {row["mechanism"] for row in self.draw.arrows()}
        self.assertEqual(named - set(cast), set(), "not in the cast")
        missing = {name for name, number in cast.items() if number} - named
        self.assertEqual(missing, set(), "numbered, but in no loop")

    def test_rows_are_whole(self):
        for row in self.draw.arrows():
            with self.subTest(row=row):
                self.assertIn(row["sign"], self.draw.INK)
                self.assertTrue(all(row.values()))

    def test_the_drawing_is_up_to_date(self):
        drawing = html.unescape(read(DOCS / "images/causal-loops.svg"))
        shown = re.findall(r"<title>(.+?)->(.+?)</title>", drawing)
        self.assertEqual(sorted(shown), sorted((a, b) for a, b, _ in self.draw.edges()),
                         "python3 docs/loops/draw.py draws it anew")


class Book(unittest.TestCase):
    def test_every_file_of_the_model_stands_in_its_contents(self):
        folder = ROOT / "models/sahel"
        named = set(re.findall(r"`(\w+\.[ch])`", read(folder / "README.md")))
        files = {file.name for file in folder.glob("*.[ch]")}
        self.assertEqual(files, named)

    def test_numbers_are_those_of_the_cast(self):
        cast = re.findall(r"X\((\w+)\)\s*/\*\s*(\d*)", read(ROOT / "models/sahel/cast.h"))
        contents = read(ROOT / "models/sahel/README.md")
        for name, number in cast:
            with self.subTest(mechanism=name):
                self.assertRegex(contents, rf"`{name}\.c` (\| {number} ?|\({number}\) )\|")


def write():
    head = head_and_chapter(read(PARAMETERS))[0]
    PARAMETERS.write_text(head + sahel("params", "--markdown"), encoding="utf-8")


if __name__ == "__main__":
    write() if sys.argv[1:] == ["--write"] else unittest.main()
