"""Draws the causal loops of the model from loops.csv: docs/images/causal-loops.svg.

    python3 docs/loops/draw.py [OUT.svg|OUT.png]        needs Graphviz

An arrow says that more of one makes more (+), less (-) or now more, now less (~) of the
other; the number beside it is that of the mechanism, as in docs/odd.md."""
import csv
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
CAST = HERE.parents[1] / "models/sahel/cast.h"
INK = {"+": "#b2182b", "-": "#2166ac", "~": "#6a3d9a"}
OUTSIDE = {"season and drought", "services", "partners", "money of forces", "accord",
           "what is seen", "what was recorded"}


def arrows():
    with open(HERE / "loops.csv", newline="", encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


def numbers():
    """The number of each mechanism in the cast; none for parts of the ground."""
    lines = re.findall(r"X\((\w+)\)\s*/\*\s*(\d*)", CAST.read_text(encoding="utf-8"))
    return dict(lines)


def edges():
    """One edge a pair and sign, with the numbers of all mechanisms that make it."""
    number, merged = numbers(), {}
    for row in arrows():
        at = merged.setdefault((row["from"], row["to"], row["sign"]), [])
        label = number.get(row["mechanism"], "")
        if label and label not in at:
            at.append(label)
    return merged


def dot():
    out = ['digraph loops { graph [layout=dot, rankdir=TB, ranksep=0.55, nodesep=0.3,'
           ' splines=true, fontname="Lato"];',
           'node [shape=box, style="rounded,filled", fillcolor="#f7f5f0",'
           ' color="#8a8378", fontname="Lato", fontsize=15, margin="0.12,0.06"];',
           'edge [fontname="Lato", fontsize=12, arrowsize=0.7, penwidth=1.3];']
    names = sorted({name for a, b, _ in edges() for name in (a, b)})
    for name in names:
        fill = ', fillcolor="#e3ecf3"' if name in OUTSIDE else ""
        out.append(f'"{name}" [label="{name}"{fill}];')
    for (a, b, sign), who in edges().items():
        style = ', style=dashed' if sign == "-" else ""
        text = ("−" if sign == "-" else sign) + (" " + ", ".join(who) if who else "")
        out.append(f'"{a}" -> "{b}" [label=" {text} ", color="{INK[sign]}",'
                   f' fontcolor="{INK[sign]}"{style}];')
    return "\n".join(out) + "\n}\n"


def draw(path):
    kind = pathlib.Path(path).suffix.lstrip(".")
    command = ["dot", f"-T{kind}", "-o", str(path)]
    subprocess.run(command, input=dot(), text=True, check=True)


if __name__ == "__main__":
    default = HERE.parent / "images/causal-loops.svg"
    draw(sys.argv[1] if len(sys.argv) > 1 else default)
