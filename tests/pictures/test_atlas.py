"""The page of `sahel atlas`: its data against the result, and the page in a real browser.

The browser is Debian's chromium, driven by python3-selenium; without them its tests are skipped with a
word. Screenshots go to the folder that SAH_PICTURES names."""
import json
import os
import pathlib
import re
import shutil
import tempfile
import time
import unittest

import h5py
import numpy as np

from support import GOOD, ROOT, Folder, sahel, small_run, small_study, unpack_png

try:
    from selenium import webdriver
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    BROWSER = all(map(shutil.which, ("chromium", "chromedriver")))
except ImportError:
    BROWSER = False

RUN = os.environ.get("SAH_RESULT", "short.h5")
SHOTS = os.environ.get("SAH_PICTURES")
EVIL = "<script>document.title='taken'</script><img src=x onerror=alert(1)> \"&amp;"
MOST_BYTES = 5_000_000


STRONGER = f"base: {GOOD}\ntitle: Stronger\nfactions: [{{name: macina, strength: 800}}]\n"


def setUpModule():
    global FOLDER, PAGE, DATA, RESULT, COMPARED, STUDY, STUDIED
    FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="sahel-atlas-"))
    PAGE = FOLDER / "run.html"
    done = sahel("atlas", RUN, "-o", PAGE)
    assert done.returncode == 0, done.stderr
    DATA = data_of(PAGE)
    (FOLDER / "stronger.yaml").write_text(STRONGER)
    COMPARED = FOLDER / "cmp.html"
    for words in [("compare", GOOD, FOLDER / "stronger.yaml", "--replicates", 3, "--quiet", "-o",
                   FOLDER / "cmp.h5"), ("atlas", FOLDER / "cmp.h5", "-o", COMPARED)]:
        done = sahel(*words)
        assert done.returncode == 0, done.stderr
    STUDY, STUDIED = small_study(FOLDER, "grid", json.dumps(EVIL)), FOLDER / "study.html"
    done = sahel("atlas", STUDY, "-o", STUDIED)
    assert done.returncode == 0, done.stderr
    RESULT = h5py.File(RUN, "r")


def tearDownModule():
    RESULT.close()
    shutil.rmtree(FOLDER, ignore_errors=True)


def data_of(page):
    text = page.read_text(encoding="utf-8")
    return json.loads(re.search(r'id="data">(.*?)</script>', text, flags=re.S)[1])


def unpack(layer, ntimes):
    """Values by period and cell, nan where there is nothing."""
    import base64
    width, height, each, rows = unpack_png(base64.b64decode(layer["png"]))
    assert each == 1 and width == layer["width"] and height == ntimes * layer["rows"] * layer["planes"]
    codes = np.array(rows, dtype=float).reshape(ntimes * layer["planes"], -1)
    code = codes[:ntimes] + (256 * codes[ntimes:] if layer["planes"] > 1 else 0)
    return np.where(code > 0, layer["low"] + (code - 1) * layer["step"], np.nan)


def field(name):
    return next(f for f in DATA["fields"] if f["name"] == name)


def kept(name):
    """A field of the result, [period][cell]."""
    dataset = RESULT[name if name in RESULT and name != "events" else f"{name}_per_cell"]
    values = dataset[:].astype(float)
    fill = dataset.attrs.get("_FillValue")
    if fill is not None and dataset.dtype.kind in "iu":
        values[dataset[:] == fill[0]] = np.nan
    return values.reshape(values.shape[0], -1)


class Content(Folder):
    def test_it_is_one_small_file_that_asks_nobody(self):
        text = PAGE.read_text(encoding="utf-8")
        self.assertLess(PAGE.stat().st_size, MOST_BYTES)
        for word in ["<link", "@import", "fetch(", "XMLHttpRequest", "WebSocket", "import("]:
            self.assertNotIn(word, text)
        self.assertIsNone(re.search(r"(src|href)\s*=\s*[\"']?\s*(https?:)?//", text))
        self.assertIsNone(re.search(r"url\(\s*[\"']?(https?:)?//", text))
        self.assertIn("Copyright", text)  # the licences of what is bundled
        self.assertEqual(text.count("<!--SAHEL-DATA-->"), 0)

    def test_the_same_result_gives_the_same_page(self):
        self.assertStatus(sahel("atlas", RUN, "-o", self.folder / "a.html"), 0)
        self.assertEqual((self.folder / "a.html").read_bytes(), PAGE.read_bytes())

    def test_counts_are_those_of_the_result(self):
        n = len(DATA["periods"]["first"])
        for name in ["deaths", "events"]:
            np.testing.assert_array_equal(np.nan_to_num(unpack(field(name), n)),
                                          np.nan_to_num(kept(name)))

    def test_other_values_are_those_of_the_result_but_for_rounding(self):
        n = len(DATA["periods"]["first"])
        for name in ["people", "state", "insurgents", "tips"]:
            seen, told = unpack(field(name), n), kept(name)
            there = ~np.isnan(seen)
            self.assertGreater(there.sum(), 100)
            self.assertLess(np.abs(seen - told)[there].max(), 0.51 * field(name)["step"] + 1e-6)

    def test_control_is_told_where_people_live(self):
        n = len(DATA["periods"]["first"])
        seen, people = unpack(field("control"), n), kept("people")
        np.testing.assert_array_equal(~np.isnan(seen), np.nan_to_num(people) > 0)

    def test_items_of_presence(self):
        n, axis = len(DATA["periods"]["first"]), RESULT["axes/faction_title"].asstr()[:].tolist()
        presence = RESULT["presence"][:].astype(float)
        for layer in field("presence")["items"]:
            told = presence[:, axis.index(layer["name"])].reshape(n, -1)
            seen = unpack(layer, n)
            self.assertLess(np.nanmax(np.abs(seen - told)), 0.51 * layer["step"] + 1e-6)

    def test_events_series_and_ledger(self):
        events = RESULT["events"]
        self.assertEqual(DATA["events"]["date"], events["date"][:].tolist())
        self.assertEqual(DATA["events"]["deaths"], events["deaths"][:].tolist())
        by_country = next(s for s in DATA["series"] if s["name"] == "deaths_by_country")
        told = sum(sum(item["values"]) for item in by_country["items"])
        self.assertEqual(told, RESULT["series/deaths"][:].sum())
        entry = next(e for e in DATA["ledger"] if e["name"] == "deaths_by_cause")
        self.assertEqual(sum(entry["values"][3::4]), RESULT["ledger/deaths_by_cause"][:].sum())

    def test_it_names_no_machine_and_no_path(self):
        names = DATA["provenance"][::2]
        for name in names:
            self.assertNotRegex(name, "path|command|machine|system|parent|scenario")
        self.assertIn("software/version", names)

    def test_targets(self):
        self.assertStatus(sahel("atlas", RUN, "-o", PAGE), 2)
        self.assertStatus(sahel("atlas", RUN, "-o", self.folder / "a.pdf"), 2)
        self.assertStatus(sahel("atlas", RUN), 2)

    def test_names_and_titles_stay_text(self):
        run = small_run(self.folder, "evil.h5", f"title={json.dumps(EVIL)}")
        self.assertStatus(sahel("atlas", run, "-o", self.folder / "evil.html"), 0)
        text = (self.folder / "evil.html").read_text(encoding="utf-8")
        self.assertNotIn("<script>document", text)
        self.assertNotIn("<img", text)
        self.assertEqual(data_of(self.folder / "evil.html")["run"]["title"], EVIL)

    def test_maps_and_effects_of_a_comparison(self):
        data = data_of(COMPARED)
        with h5py.File(FOLDER / "cmp.h5", "r") as told:
            n = told["time"].size
            views = [f for f in data["fields"] if f["name"] == "deaths"]
            arrays = [told["deaths_difference"][:], told["deaths"][0], told["deaths"][1]]
            for view, array in zip(views, arrays):
                seen = unpack(view, n)
                gap = np.abs(np.nan_to_num(seen) - np.nan_to_num(array.reshape(n, -1)))
                self.assertLessEqual(gap.max(), 0.51 * view["step"])
            names = told["measures/measure"].asstr()[:].tolist()
            for row in data["effects"]["rows"]:
                effect = told["measures/effect"][names.index(row["measure"])]
                self.assertAlmostEqual(row["effect"], effect, delta=1e-5 * abs(effect))
            self.assertGreater(len(data["effects"]["rows"]), 10)
            deaths = next(s for s in data["series"] if s["name"] == "deaths")
            np.testing.assert_allclose([i["values"] for i in deaths["items"]], told["series/deaths_quantile"][:, 2])

    def test_more_cells_than_a_picture_is_wide(self):
        run = small_run(self.folder, "fine.h5", "run.end=2016-01-03", "grid.box=[-12.5, 8, 16, 25.5]",
                        "grid.cell=0.1 deg")
        self.assertStatus(sahel("atlas", run, "-o", self.folder / "fine.html"), 0)
        data = data_of(self.folder / "fine.html")
        people = next(f for f in data["fields"] if f["name"] == "people")
        with h5py.File(run) as file:
            told = file["people"][:].reshape(1, -1)
        self.assertGreater(told.size, 32767)
        seen = unpack(people, 1)[:, :told.size]
        self.assertLess(np.abs(np.nan_to_num(seen) - np.nan_to_num(told)).max(), 0.51 * people["step"] + 1e-6)
        self.assertGreater((seen > 0).sum(), 1000)

    def test_fans_outcomes_and_effects_of_a_study(self):
        study = data_of(STUDIED)["study"]
        with h5py.File(STUDY) as file:
            for fan in study["fans"]:
                if fan["name"] in ("deaths", "events"):
                    told = file[f"series/{fan['name']}_quantile"][:].transpose(1, 0, 2)
                    np.testing.assert_allclose(fan["fans"], told.ravel(), rtol=1e-5)
            self.assertEqual([f["title"] for f in study["fans"][:3]], ["Deaths", "Events", "Fighters"])
            names = file["measures/measure"].asstr()[:].tolist()
            self.assertEqual([m["name"] for m in study["measures"]], ["deaths", "events"])
            for m in study["measures"]:
                k = names.index(m["name"])
                np.testing.assert_allclose(m["mean"], file["measures/mean"][:, k], rtol=1e-5)
                np.testing.assert_allclose(m["high"], file["measures/value_quantile"][4, :, k], rtol=1e-5)
                effects = file["measures/level_effect"][:, k]
                np.testing.assert_allclose([r["value"] for r in m["rows"]], effects, rtol=1e-5)
        self.assertLess(STUDIED.stat().st_size, MOST_BYTES)

    def test_the_built_page_is_that_of_its_sources(self):
        """As far as can be told without Node: the markup and every text of the scripts."""
        page = (ROOT / "output/atlas/atlas.html").read_text(encoding="utf-8")
        source = (ROOT / "output/atlas/src/index.html").read_text(encoding="utf-8")
        for piece in re.split(r"/\*STYLE\*/|/\*SCRIPT\*/|LICENCES", source):
            self.assertIn(piece, page)
        for script in sorted((ROOT / "output/atlas/src").glob("*.js")):
            for words in re.findall(r'"([A-Za-z][A-Za-z ,.]{11,})"', script.read_text(encoding="utf-8")):
                self.assertIn(words, page, script.name)


def start_browser():
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for word in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                 "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND"]:
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.chrome.service.Service(shutil.which("chromedriver"))
    return webdriver.Chrome(options=options, service=service)


@unittest.skipUnless(BROWSER, "chromium, chromedriver or python3-selenium are not installed")
class Browser(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.driver = start_browser()

    @classmethod
    def tearDownClass(cls):
        cls.driver.quit()

    def open(self, page, width=1360, height=900):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
        self.driver.get(page.as_uri())
        for _ in range(300):
            if self.js("return !!(window.sahelAtlas && window.sahelAtlas.ready)"):
                break
            time.sleep(0.1)
        else:
            self.fail(f"the page does not get ready: {self.driver.get_log('browser')}")
        self.js("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def js(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def at(self, name):
        return self.driver.find_element(By.ID, name)

    def shot(self, name):
        if SHOTS:
            pathlib.Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self.driver.save_screenshot(str(pathlib.Path(SHOTS) / name))

    def choose(self, text):
        self.js("""const s = document.getElementById('field');
            s.value = [...s.options].find((o) => o.text.trim() === arguments[0]).value;
            s.dispatchEvent(new Event('change'));""", text)

    def slide(self, t):
        self.js("""const s = document.getElementById('time'); s.value = arguments[0];
            s.dispatchEvent(new Event('input'));""", t)

    def point(self, cell):
        """Moves the pointer to the middle of a cell and reads the page."""
        x, y = self.js("""const m = sahelAtlas.map, [x, y] = m.screen(...m.centre(arguments[0]));
            const b = m.canvas.getBoundingClientRect(); return [b.left + x, b.top + y];""", int(cell))
        self.driver.execute_cdp_cmd("Input.dispatchMouseEvent",
                                    {"type": "mouseMoved", "x": x, "y": y})
        self.js("return new Promise((done) => requestAnimationFrame(done))")
        return self.at("readout")

    def test_values_under_the_pointer_are_those_of_the_result(self):
        self.open(PAGE)
        deaths = np.nan_to_num(kept("deaths"))
        self.choose("Deaths in organised violence")
        for t in [0, 3, deaths.shape[0] - 1]:
            self.slide(t)
            for cell in [deaths[t].argmax(), 4000]:
                readout = self.point(cell)
                self.assertEqual(int(readout.get_attribute("data-cell")), cell)
                value = float(readout.get_attribute("data-value"))
                self.assertEqual(np.nan_to_num(value), deaths[t][cell])
        self.assertIn(f"{int(deaths[t].max() if cell != 4000 else deaths[t][4000])}", readout.text)

    def test_the_slider_tells_the_time_and_moves_the_charts(self):
        self.open(PAGE)
        places = []
        for t, words in [(0, "January 2016"), (13, "February 2017")]:
            self.slide(t)
            self.assertEqual(self.at("date").text, words)
            places.append(self.js("return document.querySelector('#series .cursor').getAttribute('x1')"))
        self.assertLess(float(places[0]), float(places[1]))

    def test_numbers_beside_the_charts_are_those_of_the_month(self):
        self.open(PAGE)
        self.slide(5)
        countries = RESULT["axes/country_title"].asstr()[:].tolist()
        days = np.array(DATA["periods"]["first"]), np.array(DATA["periods"]["last"])
        date = RESULT["series/time"][:]
        inside = (date >= days[0][5]) & (date <= days[1][5])
        told = RESULT["series/deaths_by_country"][:][inside, countries.index("Mali")].sum()
        seen = self.js("""const key = [...document.querySelectorAll('#series .chart')[0].querySelectorAll('li')];
            return key.find((li) => li.textContent.startsWith('Mali ')).querySelector('b').textContent""")
        self.assertEqual(int(seen.replace(",", "")), told)

    def test_a_comparison_shows_its_effects(self):
        self.open(COMPARED)
        rows = self.js("return [...document.querySelectorAll('#effects tbody tr')].map((r) => r.firstChild.textContent)")
        told = [r["measure"] for r in data_of(COMPARED)["effects"]["rows"]]
        self.assertEqual(rows, [m for m in told if "(" not in m])
        self.at("every-effect").click()
        self.assertEqual(self.js("return document.querySelectorAll('#effects tbody tr').length"),
                         len(told))
        seen = self.js("return [...document.querySelectorAll('#series .chart h3')].map((h) => h.firstChild.data)")
        self.assertEqual(seen[:2], ["Events", "Deaths"])
        for hidden in ["groups-section", "ledger-section", "study-section"]:
            self.assertFalse(self.at(hidden).is_displayed())
        self.assertIn("Stronger", self.at("title").text)

    def test_a_study_shows_the_point_chosen(self):
        self.open(STUDIED)
        self.assertEqual(self.at("title").text, " ".join(EVIL.split()))
        self.assertFalse(self.at("map-section").is_displayed())
        pick = """const s = document.getElementById(arguments[0]); s.value = arguments[1];
            s.dispatchEvent(new Event(arguments[0] === 'fan-time' ? 'input' : 'change'));"""
        with h5py.File(STUDY) as file:
            for point, t in [(0, 3), (4, 19)]:
                self.js(pick, "point", point)
                self.js(pick, "fan-series", 1)
                self.js(pick, "fan-time", t)
                told = file["series/events_quantile"][2, point, t]
                self.assertEqual(float(self.at("fan-words").get_attribute("data-median")), told)
                mean = float(self.at("point-words").get_attribute("data-mean"))
                self.assertAlmostEqual(mean, file["measures/mean"][point, 0], places=2)
            cells = self.driver.find_elements(By.CSS_SELECTOR, "#heat button")
            self.assertEqual(len(cells), file["design"].size)
        cells[1].click()  # across: attacks.rate; down: gold.price, which runs fastest among points
        self.assertEqual(self.at("point").get_attribute("value"), "2")
        self.assertEqual(len(self.driver.find_elements(By.CSS_SELECTOR, "#causes tbody tr")), 5)
        lines = self.js("return sahelAtlas.tables.fans()").splitlines()
        self.assertEqual(len(lines) - 1, len(data_of(STUDIED)["study"]["fans"]) * 6 * 20)
        self.shot("study.png")
        self.open(STUDIED, 390, 844)
        self.assertLessEqual(self.js("return document.documentElement.scrollWidth"), 390)

    def test_keys_alone_are_enough(self):
        self.open(PAGE)
        body = self.driver.find_element(By.TAG_NAME, "body")
        body.send_keys(Keys.TAB)
        self.assertEqual(self.driver.switch_to.active_element.text, "To the map")
        canvas = self.at("map")
        canvas.send_keys(Keys.ARROW_RIGHT)
        first = int(self.at("readout").get_attribute("data-cell"))
        canvas.send_keys(Keys.ARROW_UP)
        second = int(self.at("readout").get_attribute("data-cell"))
        self.assertEqual(second - first, DATA["grid"]["nlon"])
        slider = self.at("time")
        slider.send_keys(Keys.HOME)
        slider.send_keys(Keys.ARROW_RIGHT)
        self.assertEqual(self.at("date").text, "February 2016")
        for name in ["field", "highlight", "play", "time", "entry", "year", "closer"]:
            self.assertTrue(self.js("""const e = document.getElementById(arguments[0]); e.focus();
                return document.activeElement === e""", name), name)

    def test_play_goes_on_and_stops(self):
        self.open(PAGE)
        self.slide(0)
        self.at("play").click()
        self.assertEqual(self.at("play").text, "Pause")
        time.sleep(0.8)
        self.at("play").click()
        now = int(self.at("time").get_attribute("value"))
        self.assertGreater(now, 0)
        time.sleep(0.5)
        self.assertEqual(int(self.at("time").get_attribute("value")), now)

    def test_a_country_highlighted_is_alone_with_its_events(self):
        self.open(PAGE)
        count = "return sahelAtlas.map.shown().length"
        self.slide(4)
        everything = self.js(count)
        self.js("const s = document.getElementById('highlight'); s.value = 'Mali'; s.dispatchEvent(new Event('change'))")
        first, last = DATA["periods"]["first"][4], DATA["periods"]["last"][4]
        mali = DATA["events"]["axes"]["country"]["names"].index("Mali")
        told = sum(d <= last and first - d < 60 and c == mali
                   for d, c in zip(DATA["events"]["date"], DATA["events"]["country"]))
        self.assertLess(self.js(count), everything)
        self.assertEqual(self.js(count), told)

    def test_the_ledger_follows_entry_and_year(self):
        self.open(PAGE)
        self.js("const s = document.getElementById('year'); s.value = '2016'; s.dispatchEvent(new Event('change'))")
        entry = RESULT["ledger/deaths_by_cause"][:12].sum(axis=(0, 2))
        seen = self.js("return [...document.querySelectorAll('#ledger td.number')].map((c) => c.textContent)")
        numbers = [int(text.split()[0].replace(",", "")) for text in seen]
        self.assertEqual(numbers, sorted((int(v) for v in entry if v), reverse=True))

    def test_tables_to_take_away(self):
        self.open(PAGE)
        lines = self.js("return sahelAtlas.tables.events()").splitlines()
        self.assertEqual(len(lines) - 1, len(DATA["events"]["date"]))
        self.slide(2)
        self.choose("Violent events")
        cells = self.js("return sahelAtlas.tables.cells(sahelAtlas.state)").splitlines()
        self.assertEqual(sum(float(line.split(",")[-1]) for line in cells[1:]),
                         np.nansum(kept("events")[2]))

    def test_every_text_has_enough_contrast(self):
        for page in (PAGE, STUDIED):
            self.open(page)
            self.check_contrast()

    def check_contrast(self):
        poor = self.js("""
            const light = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
              return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
            const rgb = (t) => t.match(/[\\d.]+/g).map(Number);
            const under = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0.5) return c; } return [255, 255, 255]; };
            const poor = [];
            for (const e of document.querySelectorAll('body *')) {
              if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || !e.getClientRects().length) continue;
              if (['SCRIPT', 'STYLE', 'OPTION'].includes(e.tagName) || e.closest('.faded')) continue;
              const style = getComputedStyle(e), ink = rgb(e instanceof SVGElement ? style.fill : style.color);
              const [a, b] = [light(ink.slice(0, 3)), light(under(e).slice(0, 3))].sort((x, y) => y - x);
              if ((a + 0.05) / (b + 0.05) < 4.5) poor.push(e.tagName + ' ' + e.textContent.slice(0, 30));
            }
            return poor;""")
        self.assertEqual(poor, [])

    def test_everything_that_acts_has_a_name(self):
        for page in (PAGE, STUDIED):
            self.open(page)
            self.check_names()

    def check_names(self):
        bare = self.js("""return [...document.querySelectorAll('button, select, input, canvas, svg')].filter((e) =>
            !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length || e.closest('label'))).map((e) => e.outerHTML.slice(0, 80))""")
        self.assertEqual(bare, [])

    def test_a_phone_has_room(self):
        self.open(PAGE, 390, 844)
        self.assertLessEqual(self.js("return document.documentElement.scrollWidth"), 390)
        self.shot("phone.png")
        self.open(PAGE)
        self.slide(8)
        self.shot("desk.png")

    def test_a_title_that_is_a_script_stays_text(self):
        run = small_run(FOLDER, "evil.h5", f"title={json.dumps(EVIL)}")
        self.assertEqual(sahel("atlas", run, "-o", FOLDER / "evil.html").returncode, 0)
        self.open(FOLDER / "evil.html")
        self.assertEqual(self.at("title").text, " ".join(EVIL.split()))
        self.assertNotEqual(self.driver.title, "taken")
        self.assertEqual(self.js("return document.images.length"), 0)

    def test_nothing_goes_wrong_in_the_console(self):
        self.driver.get_log("browser")
        self.open(PAGE)
        for field_name in DATA["fields"]:
            self.choose(field_name["title"])
        self.open(STUDIED)
        self.assertEqual(self.driver.get_log("browser"), [])


if __name__ == "__main__":
    unittest.main()
