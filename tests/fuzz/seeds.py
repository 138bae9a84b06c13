#!/usr/bin/python3
"""Makes the seed corpora of the fuzz targets anew from good inputs.

    tests/fuzz/seeds.py [MAKE_TOY]

MAKE_TOY is the test program make_toy (build/dev/tests/make_toy). Run it when a format
changes; inputs that once crashed a target (named crash-*) are left alone.
"""
import pathlib
import re
import struct
import subprocess
import sys

import h5py

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = pathlib.Path(__file__).resolve().parent / "corpus"


def put(target, name, data):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def tiny_tables():
    """The tables of the small land that the C tests share."""
    text = (ROOT / "tests/support/tiny_geography.h").read_text()
    text = text[text.index("tiny_texts[TINY_FILES][2] = {"):text.index("/* The tables, one")]
    word = r'"(?:[^"\\]|\\.)*"'
    return {
        name: "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', rest)).replace("\\n", "\n")
        for name, rest in re.findall(
            r'\{"(\w+\.csv)",\s*((?:%s\s*)+)\}' % word, text)
    }


# ---- scenarios -----------------------------------------------------------------------

SCENARIOS = {
    "anchors": "a: &x [1, 2]\nb: *x\nc: &y {d: *x}\ne: *y\n",
    "bomb": "a: &a [x, x, x]\n" + "".join(
        f"{c}: &{c} [*{p}, *{p}, *{p}]\n" for p, c in zip("abcdefghi", "bcdefghij")),
    "deep": "a: " + "[" * 40 + "]" * 40 + "\n",
    "numbers": "run: {seed: 18446744073709551616, people_per_agent: 1e-300}\n"
               "grid: {cell: .nan, box: [-.inf, 1e400, 0x10, 1_000]}\n",
    "quoted": 'title: "\\u0041\\x41\\e \\"x\\""\nrun: {model: \'sahel\'}\n? a\n: b\n',
    "blocks": "title: |\n  two\n  lines\nrun:\n  model: >-\n    sahel\n",
    "sets": "run: {model: sahel}\n%% sets\nrun.end=2017-01-01\n"
            "forces.barkhane.strength=3\nmechanisms.gold=off\n",
    "overlay": "base: base.yaml\nfactions:\n  jnim: {remove: true}\n"
               "  - {name: new, strength: 5}\n%% base.yaml\nfactions:\n"
               "  - {name: jnim, strength: 7, homes: [Gao]}\n",
    "own_base": "base: base.yaml\n%% base.yaml\nbase: base.yaml\n",
    "zero": "run: {model: sahel}\0\n",
    "utf16": "run: {model: sahel}\n".encode("utf-16"),
    "latin1": "title: d\u00e9j\u00e0\n".encode("latin-1"),
    "timeline": "run: {start: 2016-01-01, end: 2018-12-31}\ntimeline:\n"
                "  - {date: 2016-02-30, what: gold.share, to: 1}\n"
                "  - {date: 2017-02-28, what: gold.share, to: 0.1, over: 180 d, why: x}\n",
}


def scenarios():
    for name, text in SCENARIOS.items():
        put("scenario", name, text)


# ---- tables --------------------------------------------------------------------------


def geography():
    tables = tiny_tables()
    put("geography", "whole", "".join(f"%% {n}\n{t}" for n, t in tables.items()))
    for name, text in tables.items():
        put("geography", name.removesuffix(".csv"), f"%% {name}\n{text}")
    put("geography", "kinds", "# comment\nreal,single,whole,name,text,blank\n"
        "0.5,1,-3,one,\"a, \"\"b\"\"\n c\",\n1e9,0,7,two,x,one\n")
    put("geography", "wrong", "real,single,real\r\nnan,inf,1e999\r\n\"open,\n,,,,\n")
    return tables


def events():
    ged = "id,date_start,country,latitude,longitude,type_of_violence,side_a,side_b,best,where_prec\n" + "".join(
        f"{i},{2012 + i % 9}-0{1 + i % 9}-11 00:00:00.000,{('Mali', 'Burkina Faso', 'Niger')[i % 3]},14.{i % 7},"
        f"-{i % 3}.7,{1 + i % 3},JNIM,Civilians,{1 + i * i % 23},1\n" for i in range(40))
    put("events", "ged", ged)
    put("events", "beside", ged + "%% totals\niso3,year,month,fatalities\nMLI,2012,1,5\nMLI,2020,12,7\n"
        "%% displaced\niso3,year,idps_end_of_year\nBFA,2018,47000\nBFA,2019,560000\n")
    put("events", "short", "date,country,lat,lon,type_code,side_a,side_b,best\n2017-02-01,Mali,14.3,-3.8,1,IS,JNIM,4\n")
    put("events", "acled", "event_date,event_type,sub_event_type,actor1,actor2,country,latitude,longitude,fatalities\n"
        "4 March 2018,Battles,Armed clash,JNIM,\"Military Forces, Mali\",Mali,14.3,-3.8,2\n")
    put("events", "own", "date,country,lat,lon,violence,kind,side_a,side_b,deaths\n"
        "2018-03-04,MLI,14.3,-3.8,one_sided,assault,macina,civilians,3\n")
    put("events", "wrong", "type_code,date,country,lat,lon,side_a,side_b,best\n9,x,Mali,91,181,a,b,-1\n1\n")


def fit():
    put("fit", "facts", "fit: {facts: [F1, F4 2017, F15 MLI lat], leave: F8, waves: 2, cutoff: 3, forgive: 0.1}\n")
    put("fit", "check", "fit: {facts: [F4 2019, F99], log: events}\n")
    put("fit", "observed", "fit:\n  discrepancy: 1\n  sample: 9\n  facts: []\n  observed:\n"
        "    - {measure: red, value: 3, band: [2, 4], scale: log}\n    - {measure: blu, value: 3, band: [4, 1e300]}\n")
    put("fit", "wrong", "fit:\n  facts: {a: 1}\n  wafes: 1\n  points: -1\n  observed: [1, {measure: [red]}, {}]\n")


FLEE = {
    "rest": "",  # the small case of tests/support/tiny_flee.h
    "quoted": '%% input_csv/locations.csv\n"#name","region"\n"Aba","W","Home",15,-2,"conflict_zone",0,1000,3\n'
              '"North","F","Sand",17,-2,"camp",,99,4\n"South","F","Reed",13,-2,"camp",,,4\n',
    "closed": "%% input_csv/closures.csv\n#closure_type,name1,name2,closure_start,closure_end\ncountry,Home,Sand,0,5\n"
              "location,North,,2,3\nlinks,Aba,South,-1,9\ncamps,South,,4,6\n",
    "conflicts": "%% input_csv/conflicts.csv\n#Day, Aba, North\n0, 0, 0\n1, 0.5, 0\n2, 1, 1e-3\n",
    "corrected": "%% source_data/north.csv\nDateTime,x\n2018-01-05,200\n2018-01-01,100\n2018-01-06,100\n"
                 "%% input_csv/registration_corrections.csv\n\"North\",\"2018-01-06\",\"normalize\"\n",
    "files": "%% source_data/data_layout.csv\ntotal,all.csv\nNorth,north.csv,all.csv\nSouth,../south.csv,south.csv\n",
    "wrong": "%% input_csv/routes.csv\nAba,Nort,100,0\nAba,South,-3\nAba\n\"Aba\n%% input_csv/sim_period.csv\n"
             "StartDate,0000-00-00\nLength,1e9\n",
}


def flee():
    for name, text in FLEE.items():
        put("flee", name, text)


def restart(tables):
    def item(name, data):
        data = data if isinstance(data, bytes) else data.encode()
        return struct.pack("<Q", len(name)) + name.encode() + struct.pack("<Q", len(data)) + data

    head = b"SAHKEEP\0" + item("scenario", "run: {model: sahel, start: 2016-01-01}\n")
    head += item("path", "sahel.yaml") + item("force", "1")
    put("restart", "without_land", head)
    put("restart", "whole", head + b"".join(
        item("geography/" + n, t) for n, t in tables.items()))
    put("restart", "cut", head[:60])
    put("restart", "long", b"SAHKEEP\0" + struct.pack("<Q", 2**63) + b"scenario")


# ---- results -------------------------------------------------------------------------


def results(make_toy):
    path = CORPUS / "toy.h5"
    # Named from its own folder, so that the file holds no path of this machine.
    subprocess.run([pathlib.Path(make_toy).resolve(), path.name, "2016-01-15", "2016-02-10"], check=True, cwd=CORPUS)
    whole = path.read_bytes()
    path.unlink()
    put("result", "toy.h5", whole)
    put("result", "cut.h5", whole[:3000])
    put("result", "signature.h5", whole[:8])
    with h5py.File(path, "w", libver="earliest") as file:
        file.attrs["source"] = "sahel 0.1.0"
        file.attrs["format"] = 1
        file["axes/kind"] = ["a", "b"]
        file.create_dataset("deaths", data=[[1, 2], [3, 4]], chunks=(1, 2))
    put("result", "old.h5", path.read_bytes())
    path.unlink()


def changes():
    """Lists of changes to a good file: see fuzz_layout.c and fuzz_resume.c."""
    for turn in range(4):
        put("layout", f"nothing{turn}", bytes((turn,)))
    for kind in range(8):
        put("layout", f"kind{kind}", bytes((kind,)) + bytes(
            b for k in range(3) for b in (20 * k + kind, 0, kind, 3 * k, 2, 5, 7, 250, 1)))
    put("resume", "nothing", b"\0")
    for file in range(9):
        put("resume", f"patch{file}", bytes((0, file, 40, 0, 3, 255, 1, 2)))
        put("resume", f"pack{file}", bytes((2, file, 20, 0, 3, 0, 1, 128)))
        put("resume", f"cut{file}", bytes((1, file, 90, 0, 0, 0)))


REQUESTS = {
    "nothing": "",
    "numbers": "gold.price=2&attacks.rate=0.05+1%2Fday&recruitment.base_rate=1e-5&run.seed=7",
    "words": "mechanisms.gold=off&mechanisms.self_defence=ON&control.held=on&control.zone=-1",
    "units": "displacement.range=200+km&spending.reserve=50%20day&attacks.ransom=1000+kUSD",
    "refused": "grid.geography=%2Fetc&run.end=2030-01-01&output.fields.every=day&factions.jnim.strength=1",
    "broken": "gold.price=%zz&=&&=1&a&gold.price=%00&gold.price=nan&gold.price=1%0Aattacks: x",
    "twice": "gold.price=1&gold.price=2",
}


def requests():
    for name, text in REQUESTS.items():
        put("request", name, text)


def main():
    make_toy = sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/dev/tests/make_toy"
    scenarios()
    restart(geography())
    events()
    fit()
    flee()
    results(make_toy)
    changes()
    requests()


if __name__ == "__main__":
    main()
