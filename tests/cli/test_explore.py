"""sahel explore: what it answers, whom it refuses, and the page in a real browser.

The browser is Debian's chromium, driven by python3-selenium; without them its test is skipped with a word.
Screenshots go to the folder that SAH_PICTURES names."""
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.parse

from support import ROOT, Folder, sahel

try:
    from selenium import webdriver
    from selenium.webdriver.common.by import By
    BROWSER = all(map(shutil.which, ("chromium", "chromedriver")))
except ImportError:
    BROWSER = False

SHOTS = os.environ.get("SAH_PICTURES")
QUICK = "base: {root}/tests/scenarios/good.yaml\ntitle: Around <b>Mopti</b>\nrun: {{end: 2016-01-31}}\n"
SLOW = "base: {root}/tests/scenarios/good.yaml\nrun: {{end: 2035-12-31, people_per_agent: 100}}\n"
FORM = "application/x-www-form-urlencoded"


class Server:
    """The program, serving a scenario, until it is told to end."""

    def __init__(self, scenario, folder):
        self.folder = folder
        self.program = subprocess.Popen(
            [os.environ.get("SAHEL", "sahel"), "explore", scenario, "--threads", "1"], cwd=ROOT, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "TMPDIR": str(folder)})
        self.address = self.program.stdout.readline().strip()
        url = urllib.parse.urlparse(self.address)
        self.port, self.token = url.port, url.path.strip("/")
        self.origin = f"http://127.0.0.1:{self.port}"

    def ask(self, method, path, body=None, **headers):
        """Status and text; `path` is behind the token unless it begins with a slash."""
        where = path if path.startswith("/") else f"/{self.token}/{path}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, where, body, {k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def post(self, path, body="", **headers):
        return self.ask("POST", path, body, **{"Origin": self.origin, "Content_Type": FORM, **headers})

    def state(self):
        return json.loads(self.ask("GET", "state.json")[1])

    def wait(self, *states, seconds=120):
        end = time.monotonic() + seconds
        while (state := self.state())["state"] not in states:
            assert time.monotonic() < end, state
            time.sleep(0.05)
        return state

    def close(self):
        self.program.send_signal(signal.SIGTERM)
        self.program.communicate(timeout=60)
        return self.program.returncode


class Explore(Folder):
    def serve(self, text=QUICK):
        scenario = self.folder / "own.yaml"
        scenario.write_text(text.format(root=ROOT))
        server = Server(scenario, self.folder)
        self.addCleanup(server.close)
        return server

    # ---- runs ----

    def test_a_run_is_the_run_of_the_program(self):
        server = self.serve()
        self.assertEqual(server.wait("done")["number"], 1)
        status, text = server.post("run", "attacks.rate=0.3&mechanisms.ties=off&run.seed=7")
        self.assertEqual(status, 200, text)
        self.assertEqual(json.loads(text)["number"], 2)
        told = server.wait("done")["told"]["series"]
        page = server.ask("GET", "run/2.html")[1]
        target = self.folder / "own.h5"
        done = sahel("run", self.folder / "own.yaml", "-o", target, "-q", "--set", "attacks.rate=0.3",
                     "--set", "mechanisms.ties=off", "--set", "run.seed=7")
        self.assertStatus(done, 0)
        digest = sahel("digest", target).stdout.split()[-1]
        self.assertIn(digest, page)
        self.assertNotIn(digest, server.ask("GET", "run/1.html")[1])
        self.assertEqual(told["events"], len(sahel("events", target, "--csv").stdout.splitlines()) - 1)

    def test_controls_are_the_parameters(self):
        server = self.serve()
        status, text = server.ask("GET", "controls.json")
        self.assertEqual(status, 200)
        controls = json.loads(text)
        self.assertEqual(controls["title"], "Around <b>Mopti</b>")
        groups = {group["name"]: group for group in controls["groups"]}
        listed = re.findall(r"^mechanisms\.(\w+)$", sahel("params", "mechanisms").stdout, flags=re.M)
        self.assertGreater(len(listed), 30)
        self.assertTrue(set(listed) <= set(groups), set(listed) - set(groups))
        self.assertEqual(groups["self_defence"]["on"], "off")
        self.assertNotIn("on", groups["communities"])
        rate = next(row for row in groups["attacks"]["rows"] if row["key"] == "rate")
        self.assertEqual((rate["min"], rate["max"], rate["unit"]), (0, 1, "1/day"))
        self.assertIn(rate["doc"], " ".join(sahel("params", "attacks.rate").stdout.split()))

    def test_one_run_at_a_time_and_cancel(self):
        server = self.serve(SLOW)
        first = server.wait("running")
        self.assertEqual(first["number"], 1)
        self.assertEqual(server.post("run", "gold.price=2")[0], 200)
        self.assertEqual(server.wait("running")["number"], 2)
        self.assertEqual(server.ask("GET", "run/1.html")[0], 404)
        children = subprocess.run(["pgrep", "-P", str(server.program.pid)], capture_output=True, text=True).stdout
        self.assertEqual(len(children.split()), 1)
        state = json.loads(server.post("cancel")[1])
        self.assertEqual((state["number"], state["state"]), (2, "cancelled"))
        self.assertEqual(subprocess.run(["pgrep", "-P", str(server.program.pid)], capture_output=True).stdout, b"")
        self.assertEqual(list(self.folder.glob("sahel-explore-*/*")), [])

    def test_at_the_end_nothing_is_left(self):
        server = self.serve(SLOW)
        server.wait("running")
        self.assertEqual(len(list(self.folder.glob("sahel-explore-*"))), 1)
        self.assertEqual(server.close(), 0)
        self.assertEqual(list(self.folder.glob("sahel-explore-*")), [])

    def test_mistakes_in_settings_are_told_all_at_once(self):
        server = self.serve()
        status, text = server.post("run", "gold.prise=2&attacks.rate=9&feuds.rate=x&grid.geography=/etc&"
                                          "mechanisms.gold=maybe&output.fields.every=day&x&%zz=1&run.end=2030-01-01")
        self.assertEqual(status, 400)
        for told in ["gold.prise: no such setting; did you mean gold.price?", "attacks.rate = 9: must lie in 0..1",
                     "feuds.rate = x: expected a number", "grid.geography: no such setting",
                     "mechanisms.gold = maybe: expected", "output.fields.every: no such setting",
                     "not a pair such as gold.price=2", "run.end: no such setting"]:
            self.assertIn(told, text)
        self.assertEqual(server.wait("done")["number"], 1)

    def test_a_bad_scenario_is_told_before_anything_listens(self):
        bad = self.folder / "bad.yaml"
        bad.write_text("run: {seed: x}\n")
        done = sahel("explore", bad)
        self.assertStatus(done, 2)
        self.assertIn("run.seed = x", done.stderr)
        self.assertEqual(done.stdout, "")

    def test_a_port_that_is_taken(self):
        server = self.serve()
        done = sahel("explore", self.folder / "own.yaml", "--port", server.port)
        self.assertStatus(done, 3)
        self.assertIn(f"port {server.port}; is it taken?", done.stderr)

    # ---- the gate ----

    def test_who_is_refused(self):
        server = self.serve()
        token, port = server.token, server.port
        wrong = ("0" if token[0] != "0" else "1") + token[1:]
        for want, method, path, headers in [
                (200, "GET", "", {}),
                (200, "GET", "", {"Host": f"localhost:{port}"}),
                (403, "GET", "", {"Host": "rebound.example"}),
                (403, "GET", "", {"Host": f"127.0.0.1:{port}.example"}),
                (404, "GET", "/", {}),
                (404, "GET", f"/{wrong}/", {}),
                (404, "GET", f"/{token}", {}),
                (404, "GET", f"/{token[:-1]}/", {}),
                (404, "GET", "run/../../../etc/passwd", {}),
                (404, "GET", "run/%2e%2e%2f1.html", {}),
                (404, "GET", "run/99.html", {}),
                (404, "GET", "run/01.html", {}),
                (404, "GET", "run/1.h5", {}),
                (404, "GET", "run/99999999999999999999.html", {}),
                (404, "GET", "nothing", {}),
                (405, "POST", "", {"Origin": server.origin}),
                (405, "GET", "run", {}),
                (405, "DELETE", "run", {"Origin": server.origin}),
                (403, "POST", "run", {"Content_Type": FORM}),
                (403, "POST", "run", {"Content_Type": FORM, "Origin": "http://elsewhere.example"}),
                (403, "POST", "run", {"Content_Type": FORM, "Origin": "null"}),
                (415, "POST", "run", {"Content_Type": "text/plain", "Origin": server.origin}),
                (403, "POST", "cancel", {"Content_Type": FORM, "Origin": f"http://127.0.0.1:{port + 1}"})]:
            with self.subTest(method=method, path=path, headers=headers):
                self.assertEqual(server.ask(method, path, "" if method == "POST" else None, **headers)[0], want)
        self.assertEqual(server.wait("done")["number"], 1)

    def test_bodies_are_bounded(self):
        server = self.serve()
        self.assertEqual(server.post("run", "a=1&" * 20_000)[0], 413)
        self.assertEqual(server.post("run", "gold.price=1&" * 1_001)[0], 400)
        self.assertEqual(server.post("run", "gold.price=" + "1" * 5_000)[0], 400)
        self.assertEqual(server.wait("done")["number"], 1)

    def test_raw_rubbish_and_idle_connections_stop_nobody(self):
        server = self.serve()
        rubbish = [b"\x00" * 4096, b"GET " + b"/" * 100_000 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
                   b"POST /x HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"X: " + b"y" * 70_000, b"\r\n" * 10_000,
                   b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n"]
        idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(10)]
        for connection in idle:
            self.addCleanup(connection.close)
            connection.sendall(b"GET /")
        for data in rubbish:
            with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
                try:
                    connection.sendall(data)
                    connection.shutdown(socket.SHUT_WR)
                    while connection.recv(65536):
                        pass
                except OSError:
                    pass
        self.assertEqual(server.ask("GET", "state.json")[0], 200)
        self.assertIsNone(server.program.poll())

    def test_it_listens_on_this_computer_alone(self):
        server = self.serve()
        listening = pathlib.Path("/proc/net/tcp").read_text().splitlines()
        own = [line.split()[1] for line in listening if line.split()[1].endswith(f":{server.port:04X}")
               and line.split()[3] == "0A"]
        self.assertEqual(own, [f"0100007F:{server.port:04X}"])

    # ---- the page ----

    @unittest.skipUnless(BROWSER, "no chromium with selenium here (Debian: chromium-driver python3-selenium)")
    def test_the_page_in_a_browser(self):
        server = self.serve()
        options = webdriver.ChromeOptions()
        for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1500,1000",
                     f"--user-data-dir={tempfile.mkdtemp(dir=self.folder)}"):
            options.add_argument(word)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        browser = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver")
                                   if hasattr(webdriver, "ChromeService") else None)
        self.addCleanup(browser.quit)
        browser.get(server.address)

        def wait_for(what, seconds=90):
            end = time.monotonic() + seconds
            while not what():
                assert time.monotonic() < end, browser.find_element(By.ID, "say").text
                time.sleep(0.1)

        def shown(number):
            body = browser.find_element(By.TAG_NAME, "body")
            return (body.get_attribute("data-run"), body.get_attribute("data-state")) == (str(number), "done")

        wait_for(lambda: shown(1))
        self.assertEqual(browser.find_element(By.ID, "title").text, "Around <b>Mopti</b>")
        search = browser.find_element(By.ID, "filter")
        search.send_keys("attacks.rate")
        slider = browser.find_element(By.CSS_SELECTOR, "input[data-path='attacks.rate']")
        self.assertTrue(slider.is_displayed())
        self.assertFalse(browser.find_element(By.CSS_SELECTOR, "input[data-path='gold.price']").is_displayed())
        browser.execute_script("arguments[0].value = arguments[0].max; arguments[0].dispatchEvent(new Event('input'));"
                               "arguments[0].dispatchEvent(new Event('change'))", slider)
        wait_for(lambda: shown(2))
        self.assertIn("attacks.rate = ", browser.find_element(By.ID, "new-name").text)
        self.assertIn("as it was", browser.find_element(By.ID, "old-name").text)
        cells = [c.text for c in browser.find_elements(By.CSS_SELECTOR, "#numbers tbody tr:first-child td")]
        events = server.state()["told"]["series"]["events"]
        self.assertEqual(float(cells[1].replace(",", "")), events)
        self.assertGreater(events, float(cells[0].replace(",", "")))
        for frame in ("old", "new"):
            browser.switch_to.frame(browser.find_element(By.ID, frame))
            self.assertIn("Mopti", browser.find_element(By.ID, "title").text)
            browser.switch_to.default_content()
        overlay = self.folder / "explored.yaml"
        link = browser.find_element(By.ID, "save").get_attribute("href")
        overlay.write_text(urllib.parse.unquote(link.partition(",")[2]))
        done = sahel("show", overlay, "--plain")
        self.assertStatus(done, 0)
        self.assertRegex(done.stdout, r"title: \"?Around <b>Mopti</b>")
        self.assertGreater(float(re.search(r"^attacks:\n(?:  .*\n)*?  rate: ([\d.e-]+)", done.stdout, re.M)[1]), 0.9)
        if SHOTS:
            pathlib.Path(SHOTS).mkdir(exist_ok=True)
            browser.save_screenshot(str(pathlib.Path(SHOTS) / "explore.png"))
        told = [entry for entry in browser.get_log("browser") if "favicon" not in entry["message"]]
        self.assertEqual(told, [])


if __name__ == "__main__":
    unittest.main()
