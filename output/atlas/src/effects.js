// Of a comparison: the effect on each outcome, with its interval, on one scale of per cent.
import { scaleLinear } from "d3-scale";
import { select } from "d3-selection";
import { data } from "./data.js";
import { number } from "./scales.js";

const WIDTH = 260, HEIGHT = 22, MOST = 2; // of a; beyond it the scale ends

const clear = (e) => e.low > 0 || e.high < 0;
const share = (e, v) => v / Math.abs(e.a);
const signed = (v) => `${v > 0 ? "+" : ""}${number(v)}`;

function dot(row, x) {
  const e = row, svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("viewBox", `0 0 ${WIDTH} ${HEIGHT}`).attr("role", "img").attr("height", HEIGHT)
    .attr("aria-label", `95 % interval from ${signed(e.low)} to ${signed(e.high)}`);
  const colour = !clear(e) ? "#7a8288" : e.effect > 0 ? "#a63a00" : "#0a4f8f", y = HEIGHT / 2;
  svg.append("line").attr("x1", x(0)).attr("x2", x(0)).attr("y1", 0).attr("y2", HEIGHT).attr("stroke", "#4d555b");
  if (e.a) {
    svg.append("line").attr("x1", x(share(e, e.low))).attr("x2", x(share(e, e.high))).attr("y1", y).attr("y2", y)
      .attr("stroke", colour).attr("stroke-width", 2.4);
    svg.append("circle").attr("cx", x(share(e, e.effect))).attr("cy", y).attr("r", 4.5).attr("fill", colour);
  }
  return svg.node();
}

function draw(rows) {
  const body = document.querySelector("#effects tbody");
  const reach = Math.min(Math.max(0.05, ...rows.filter((e) => e.a).flatMap((e) => [e.low, e.high].map((v) => Math.abs(share(e, v))))), MOST);
  const x = scaleLinear([-reach, reach], [8, WIDTH - 8]).clamp(true);
  body.replaceChildren(...rows.map((e) => {
    const tr = document.createElement("tr");
    const cell = (tag, text, kind) => {
      const c = document.createElement(tag);
      c.textContent = text;
      if (kind) c.className = kind;
      tr.append(c);
      return c;
    };
    cell("th", e.measure).scope = "row";
    cell("td", number(e.a), "number");
    cell("td", number(e.b), "number");
    cell("td", `${signed(e.effect)}${e.unit ? ` ${e.unit}` : ""}`, "number");
    cell("td", e.a ? `${signed(Number((100 * share(e, e.effect)).toPrecision(2)))} %` : "", "number");
    cell("td", "").append(dot(e, x));
    return tr;
  }));
}

export function drawEffects() {
  const { effects } = data, all = document.getElementById("every-effect");
  document.getElementById("effects-section").hidden = !effects;
  if (!effects) return;
  document.getElementById("effects-words").textContent =
    `a: ${effects.a}; b: ${effects.b}; ${effects.replicates} replicates with the same seeds. Effects are b less a, with 95 % intervals; grey ones may be chance.`;
  const update = () => draw(effects.rows.filter((e) => all.checked || !e.measure.includes("(")));
  all.addEventListener("change", update);
  update();
}
