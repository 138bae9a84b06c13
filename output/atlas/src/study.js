// A study: a point of its design with fans of series and outcomes, and what the factors do.
import { max, min } from "d3-array";
import { axisBottom, axisLeft } from "d3-axis";
import { format } from "d3-format";
import { scaleLinear } from "d3-scale";
import { pointer, select } from "d3-selection";
import { area, line } from "d3-shape";
import { data } from "./data.js";
import { dateWords, dayTicks, isoDay, number, rampOf, rgb, tickWords } from "./scales.js";

const HEIGHT = 230, LEFT = 58, RIGHT = 12, TOP = 10, BOTTOM = 22, BAR = 300, ROW = 20;
const INK = "#0a4f8f", OUTER = "#c5d9e8", INNER = "#8ab0cd";
const at = (id) => document.getElementById(id);
const { study } = data;
const state = { point: 0, fan: 0, outcome: 0, time: 0 };

/** Values of quantile q of the fan shown, over time. */
function quantile(q) {
  const n = study.first.length, from = (state.point * 5 + q) * n;
  return study.fans[state.fan].fans.slice(from, from + n);
}

function pointWords(p) {
  if (study.names[p]) return study.names[p];
  return study.factors.map((f) => `${f.name} ${f.words[p]}`).join(" \u00b7 ") || "the scenario itself";
}

function fillSelect(id, texts, act) {
  const box = at(id);
  texts.forEach((text, i) => {
    const o = document.createElement("option");
    [o.value, o.textContent] = [i, text];
    box.append(o);
  });
  box.addEventListener("change", () => act(Number(box.value)));
}

// ---- the fan ------------------------------------------------------------------------------

/** On the scale of the point, or on one that holds all points. */
function span(fan) {
  const n = 5 * study.first.length, values = at("one-scale").checked ? fan.fans : fan.fans.slice(state.point * n, (state.point + 1) * n);
  return [Math.min(0, min(values) ?? 0), max(values) || 1];
}

function drawFan() {
  const box = at("fan"), fan = study.fans[state.fan], width = box.clientWidth;
  if (!fan || !width) return;
  const svg = select("#fan svg");
  svg.attr("viewBox", `0 0 ${width} ${HEIGHT}`).attr("height", HEIGHT)
    .attr("aria-label", `${fan.title} over time, at ${pointWords(state.point)}`).selectAll("*").remove();
  const days = study.first.map((f, t) => (fan.nature === "sum" ? (f + study.after[t]) / 2 : study.after[t]));
  const x = scaleLinear([study.first[0], study.after.at(-1)], [LEFT, width - RIGHT]);
  const y = scaleLinear(span(fan), [HEIGHT - BOTTOM, TOP]).nice(5);
  svg.append("g").attr("class", "axis").attr("transform", `translate(${LEFT},0)`)
    .call(axisLeft(y).ticks(5).tickSize(-(width - LEFT - RIGHT)).tickFormat((v) => (Math.abs(v) >= 1e4 ? format(".2~s")(v) : number(v))));
  svg.append("g").attr("class", "axis days").attr("transform", `translate(0,${HEIGHT - BOTTOM})`)
    .call(axisBottom(x).tickValues(dayTicks(x, width - LEFT)).tickFormat(tickWords).tickSize(4));
  const q = [0, 1, 2, 3, 4].map(quantile), known = (_, t) => q[2][t] !== null;
  const band = (a, b) => area().defined(known).x((_, t) => x(days[t])).y0((_, t) => y(q[a][t])).y1((_, t) => y(q[b][t]))(q[2]);
  svg.append("path").attr("fill", OUTER).attr("d", band(0, 4));
  svg.append("path").attr("fill", INNER).attr("d", band(1, 3));
  svg.append("path").attr("class", "median").attr("fill", "none").attr("stroke", INK).attr("stroke-width", 2.2)
    .attr("d", line().defined(known).x((_, t) => x(days[t])).y((v) => y(v))(q[2]));
  svg.append("line").attr("class", "cursor").attr("y1", TOP).attr("y2", HEIGHT - BOTTOM)
    .attr("x1", x(days[state.time])).attr("x2", x(days[state.time]));
  const go = (e) => {
    const day = x.invert(pointer(e, svg.node())[0]);
    state.time = days.reduce((best, d, t) => (Math.abs(d - day) < Math.abs(days[best] - day) ? t : best), 0);
    update();
  };
  svg.on("pointerdown", go).on("pointermove", (e) => { if (e.buttons) go(e); });
}

function tellFan() {
  const fan = study.fans[state.fan], t = state.time, q = [0, 1, 2, 3, 4].map((k) => quantile(k)[t]);
  const when = `${dateWords(study.first[t])} to ${dateWords(study.after[t] - 1)}`;
  const box = at("fan-words");
  box.dataset.median = q[2];
  at("fan-time").setAttribute("aria-valuetext", when);
  box.textContent = q[2] === null ? `${when}: not defined`
    : `${when}: median ${number(q[2])}${fan.unit ? ` ${fan.unit}` : ""}; half of the runs ${number(q[1])} to ${number(q[3])}, nine in ten ${number(q[0])} to ${number(q[4])}`;
}

// ---- outcomes over two factors ---------------------------------------------------------------

const levels = (f) => [...new Set(f.values)].sort((a, b) => a - b);
const wordOf = (f, value) => f.words[f.values.indexOf(value)];

function contrast(colour) {
  const [r, g, b] = rgb(colour).map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000000" : "#ffffff";
}

/** Of a grid: the first two factors; others stay as at the point shown. */
function drawHeat() {
  const table = at("heat"), [a, b] = study.factors, m = study.measures[state.outcome];
  const shown = study.kind === "grid" && a && m && levels(a).length <= 24 && (!b || levels(b).length <= 24);
  at("heat-box").hidden = !shown;
  if (!shown) return;
  at("heat-words").textContent = `Mean ${m.name}${m.unit ? ` (${m.unit})` : ""}; across: ${a.name}${b ? `, down: ${b.name}` : ""}${study.factors.length > 2 ? "; other factors as at the point shown" : ""}. A cell chooses its point.`;
  const rest = study.factors.slice(2);
  const find = (x, y) => a.values.findIndex((v, p) => v === x && (!b || b.values[p] === y) && rest.every((f) => f.values[p] === f.values[state.point]));
  const known = m.mean.filter((v) => v !== null), from = min(known) ?? 0, to = max(known) ?? 1, ramp = rampOf(study);
  const head = document.createElement("tr"), rows = [head];
  const cell = (row, tag, text) => {
    const c = document.createElement(tag);
    c.textContent = text;
    row.append(c);
    return c;
  };
  cell(head, "td", "");
  for (const x of levels(a)) cell(head, "th", wordOf(a, x)).scope = "col";
  for (const y of b ? levels(b) : [null]) {
    const row = document.createElement("tr");
    cell(row, "th", b ? wordOf(b, y) : m.name).scope = "row";
    for (const x of levels(a)) {
      const p = find(x, y), value = m.mean[p], colour = value === null ? "#ffffff" : ramp(to > from ? (value - from) / (to - from) : 0);
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = number(value);
      button.style.background = colour;
      button.style.color = contrast(colour);
      button.setAttribute("aria-pressed", String(p === state.point));
      button.addEventListener("click", () => { choose(p); at("heat").querySelector("[aria-pressed=true]")?.focus(); });
      cell(row, "td", "").append(button);
    }
    rows.push(row);
  }
  table.querySelector("tbody").replaceChildren(...rows);
}

// ---- what the factors do ----------------------------------------------------------------------

const WORDS = {
  levels: (m) => `What each level adds to ${m.name}${m.unit ? ` (${m.unit})` : ""}, against ${study.kind === "oat" ? "the scenario" : "the mean of all points"} of ${number(m.origin)}; lines are 95 % intervals over paired replicates.`,
  morris: (m) => `Elementary effects on ${m.name}${m.unit ? ` (${m.unit})` : ""} over the range of each factor: mu* their mean size, mu their mean, sigma how much they vary; lines are 95 % intervals.`,
  saltelli: (m) => `Shares of the variance of ${m.name}: S1 of the factor alone, ST with all it does together with others; lines are 95 % intervals.`,
};

function bar(row, x) {
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("viewBox", `0 0 ${BAR} ${ROW}`).attr("height", ROW).attr("role", "img")
    .attr("aria-label", row.low === undefined || row.low === null ? number(row.value) : `${number(row.value)}, 95 % interval from ${number(row.low)} to ${number(row.high)}`);
  svg.append("line").attr("x1", x(0)).attr("x2", x(0)).attr("y1", 0).attr("y2", ROW).attr("stroke", "#4d555b");
  if (row.value === null) return svg.node();
  const [from, to] = [x(0), x(row.value)].sort((a, b) => a - b);
  svg.append("rect").attr("x", from).attr("width", to - from).attr("y", 4).attr("height", ROW - 8)
    .attr("fill", row.value > 0 ? "#c86a3a" : "#5b8fc0");
  if (row.low !== undefined && row.low !== null)
    svg.append("line").attr("x1", x(row.low)).attr("x2", x(row.high)).attr("y1", ROW / 2).attr("y2", ROW / 2)
      .attr("stroke", "#1f2428").attr("stroke-width", 1.6);
  return svg.node();
}

function drawCauses() {
  const m = study.measures[state.outcome], rows = m?.rows ?? [];
  at("causes-box").hidden = !rows.length;
  if (!rows.length) return;
  at("causes-words").textContent = (WORDS[study.kind] ?? WORDS.levels)(m);
  const weight = (f) => Math.max(...rows.filter((r) => r.factor === f && r.what !== "sigma").map((r) => Math.abs(r.value ?? 0)));
  const factors = [...new Set(rows.map((r) => r.factor))].sort((a, b) => weight(b) - weight(a));
  const ends = rows.flatMap((r) => [r.value, r.low, r.high]).filter((v) => v !== null && v !== undefined);
  const x = scaleLinear([Math.min(0, ...ends), Math.max(0, ...ends) || 1], [6, BAR - 6]);
  at("causes").querySelector("tbody").replaceChildren(...factors.flatMap((f) => rows.filter((r) => r.factor === f).map((r, k) => {
    const tr = document.createElement("tr");
    const cell = (tag, text, kind) => {
      const c = document.createElement(tag);
      c.textContent = text;
      if (kind) c.className = kind;
      tr.append(c);
      return c;
    };
    cell("th", k ? "" : f).scope = "row";
    cell("td", r.what);
    cell("td", number(r.value), "number");
    cell("td", "").append(bar(r, x));
    return tr;
  })));
}

// ---- all of it ---------------------------------------------------------------------------------

function tellPoint() {
  const m = study.measures[state.outcome], box = at("point-words");
  if (!m) { box.textContent = ""; return; }
  const p = state.point, unit = m.unit ? ` ${m.unit}` : "";
  box.dataset.mean = m.mean[p];
  box.textContent = m.mean[p] === null ? `${m.name}: not defined at this point`
    : `${m.name} at this point: mean ${number(m.mean[p])}${unit}, median ${number(m.median[p])}, nine in ten runs ${number(m.low[p])} to ${number(m.high[p])}`;
}

function update() {
  at("fan-time").value = String(state.time);
  if (study.fans.length) { drawFan(); tellFan(); }
  tellPoint();
  drawHeat();
  drawCauses();
}

function choose(p) {
  state.point = p;
  at("point").value = String(p);
  update();
}

export function drawStudy() {
  at("study-section").hidden = !study;
  if (!study) return;
  const failed = study.failed ? `; ${study.failed} runs failed` : "";
  at("study-words").textContent = `Design ${study.kind}: ${study.points} point${study.points === 1 ? "" : "s"}, ${study.replicates} replicate${study.replicates === 1 ? "" : "s"} at each, with the same seeds at all points${failed}.${study.fans_left_out ? ` ${study.fans_left_out} series are too many for a page and left out.` : ""}`;
  fillSelect("point", [...Array(study.points).keys()].map((p) => `${p}: ${pointWords(p)}`), choose);
  fillSelect("fan-series", study.fans.map((f) => f.title), (i) => { state.fan = i; update(); });
  fillSelect("outcome", study.measures.map((m) => m.name), (i) => { state.outcome = i; update(); });
  const slider = at("fan-time");
  slider.max = String(Math.max(study.first.length - 1, 0));
  state.time = Math.max(study.first.length - 1, 0);
  slider.addEventListener("input", () => { state.time = Number(slider.value); update(); });
  select("#fan").append("svg").attr("role", "img");
  at("one-scale").addEventListener("change", update);
  at("fan-box").hidden = !study.fans.length;
  at("fan-series").closest("label").hidden = !study.fans.length;
  at("outcome").closest("label").hidden = !study.measures.length;
  update();
  new ResizeObserver(() => { if (study.fans.length) drawFan(); }).observe(at("fan"));
}

/** Rows of tables to take away. */
export function pointRows() {
  return study.measures.flatMap((m) => m.mean.map((_, p) => [p, pointWords(p), m.name, m.mean[p], m.median[p], m.low[p], m.high[p], m.unit]));
}

export function fanRows() {
  const n = study.first.length;
  return study.fans.flatMap((f) => [...Array(study.points).keys()].flatMap((p) => study.first.map((d, t) =>
    [f.title, p, isoDay(d), isoDay(study.after[t] - 1), ...[0, 1, 2, 3, 4].map((q) => f.fans[(p * 5 + q) * n + t]), f.unit])));
}
