"""The site: every page is there, every link and anchor leads somewhere, and nothing is
loaded from elsewhere. SAHEL names the program, SAHEL_SOURCE the project's folder."""
import html.parser
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOADED = {"img": "src", "script": "src", "link": "href", "iframe": "src"}


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.loaded, self.text = set(), [], [], ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids |= {attrs[key] for key in ("id", "name") if attrs.get(key)}
        if tag == "a" and attrs.get("href"):
            self.links.append(attrs["href"])
        if attrs.get(LOADED.get(tag)):
            self.loaded.append(attrs[LOADED[tag]])

    def handle_data(self, data):
        self.text += data


def is_elsewhere(link):
    return urllib.parse.urlparse(link).scheme not in ("", "file") or link.startswith("//")


@unittest.skipUnless(shutil.which("mkdocs"), "no mkdocs here (Debian: mkdocs)")
class Site(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="sahel-site-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        done = subprocess.run(["cmake", f"-DSOURCE={ROOT}", f"-DFOLDER={cls.folder}", f"-DSAHEL={os.environ['SAHEL']}",
                               "-P", ROOT / "docs/site/site.cmake"], capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        cls.html = cls.folder / "html"
        cls.pages = {path: Page(path) for path in cls.html.rglob("*.html")}

    def test_every_page_of_the_project_is_in_it(self):
        for page in (ROOT / "docs").rglob("*.md"):
            name = page.relative_to(ROOT).with_suffix(".html")
            name = name.with_name("index.html") if name.stem == "README" else name
            self.assertIn(self.html / name, self.pages)

    def test_every_link_and_anchor_leads_somewhere(self):
        seen = 0
        for path, page in self.pages.items():
            if path.name in ("404.html", "search.html"):
                continue
            for link in page.links:
                name, _, anchor = link.partition("#")
                if is_elsewhere(link):
                    continue
                target = (path.parent / urllib.parse.unquote(name)).resolve() if name else path
                seen += 1
                with self.subTest(page=str(path.relative_to(self.html)), link=link):
                    self.assertTrue(target.exists())
                    if anchor and target.suffix == ".html":
                        self.assertIn(anchor, self.pages[target].ids)
        self.assertGreater(seen, 500)

    def test_nothing_is_loaded_from_elsewhere(self):
        for path, page in self.pages.items():
            for link in page.loaded:
                self.assertFalse(is_elsewhere(link), f"{path.name} loads {link}")

    def test_every_command_is_told(self):
        told = self.pages[self.html / "docs/commands.html"]
        words = subprocess.run([os.environ["SAHEL"], "help", "--words"], capture_output=True, text=True, check=True)
        for command in words.stdout.split():
            self.assertIn(f"sahel-{command}", told.ids)


if __name__ == "__main__":
    unittest.main()
