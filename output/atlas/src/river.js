// Armed groups as a river, and the turns in their relations under it.
import { axisBottom } from "d3-axis";
import { scaleLinear, scalePoint } from "d3-scale";
import { pointer, select } from "d3-selection";
import { area } from "d3-shape";
import { data } from "./data.js";
import { dateWords, dayTicks, number, tickWords } from "./scales.js";

const HEIGHT = 340, ROW = 19, TOP = 6, LEFT = 96;

/** Stretches of time in which two or more neighbours flow under one umbrella. */
function bands(g) {
  const out = [], n = g.day.length;
  for (const who of new Set(g.streams.flatMap((s) => s.umbrella))) {
    let open = null;
    for (let t = 0; t <= n; t++) {
      const members = t < n ? g.streams.filter((s) => s.umbrella[t] === who && s.high[t] > s.low[t]) : [];
      if (members.length >= 2) {
        open ??= [];
        open.push([g.day[t], Math.min(...members.map((s) => s.low[t])), Math.max(...members.map((s) => s.high[t]))]);
      } else if (open) {
        if (open.length > 1) out.push({ who, points: open });
        open = null;
      }
    }
  }
  return out;
}

class River {
  constructor(state, go) {
    Object.assign(this, { state, go, g: data.groups });
    this.box = document.getElementById("river");
    this.kinds = [...new Set(this.g.turns.map((t) => t.kind))];
    this.svg = select(this.box).append("svg").attr("role", "img").attr("aria-label", "Strengths of armed groups over time, and turns in their relations");
    new ResizeObserver(() => this.draw()).observe(this.box);
  }

  draw() {
    const { svg, g } = this, width = this.box.clientWidth, phone = width < 560;
    if (!width || !g.day.length) return;
    const right = phone ? 40 : 18 + Math.max(...g.streams.map((s) => 7 * s.name.length)) + 50, bottom = TOP + HEIGHT, total = bottom + 34 + ROW * this.kinds.length + 14;
    svg.selectAll("*").remove();
    svg.attr("viewBox", `0 0 ${width} ${total}`).attr("height", total);
    this.x = scaleLinear([g.day[0], g.day.at(-1)], [LEFT, width - right]);
    const all = g.streams.flatMap((s) => [...s.low, ...s.high]);
    this.y = scaleLinear([Math.min(...all), Math.max(...all)], [bottom, TOP]);
    this.streams();
    if (!phone) this.names(width - right);
    const days = axisBottom(this.x).tickValues(dayTicks(this.x, width - right - LEFT)).tickFormat(tickWords).tickSize(4);
    svg.append("g").attr("class", "axis days").attr("transform", `translate(0,${bottom})`).call(days);
    this.turns(bottom + 34);
    this.cursor = svg.append("line").attr("class", "cursor").attr("y1", TOP).attr("y2", total - 8);
    svg.insert("rect", ":first-child").attr("x", LEFT).attr("width", Math.max(width - right - LEFT, 0)).attr("height", bottom).attr("fill", "transparent");
    svg.on("pointerdown", (e) => this.drag(e)).on("pointermove", (e) => e.buttons && this.drag(e));
    this.update();
  }

  drag(e) { this.go(this.x.invert(pointer(e, this.svg.node())[0])); }

  streams() {
    const { g } = this, shape = area().x((d) => this.x(d[0])).y0((d) => this.y(d[1])).y1((d) => this.y(d[2]));
    this.marks = this.svg.append("g").attr("stroke", "#fff").attr("stroke-width", 0.7).selectAll("path").data(g.streams).join("path")
      .attr("fill", (s) => s.colour).attr("d", (s) => shape(g.day.map((d, t) => [d, s.low[t], s.high[t]])));
    this.marks.append("title").text((s) => s.name);
    const edges = this.svg.append("g").attr("fill", "none").attr("stroke-width", 2.4).attr("stroke-linejoin", "round").selectAll("path").data(bands(g)).join("path")
      .attr("stroke", (b) => g.factions.colours[b.who]).attr("d", (b) => shape(b.points));
    edges.append("title").text((b) => g.factions.names[b.who]);
  }

  /** At the right, moved apart. */
  names(x) {
    const last = this.g.day.length - 1, step = 15;
    const ends = this.g.streams.filter((s) => s.high[last] > s.low[last])
      .map((s) => ({ s, want: this.y((s.low[last] + s.high[last]) / 2) })).sort((a, b) => a.want - b.want);
    let at = -Infinity;
    for (const e of ends) at = e.y = Math.max(e.want, at + step);
    at = TOP + HEIGHT + step;
    for (const e of [...ends].reverse()) at = e.y = Math.min(e.y, at - step);
    const g = this.svg.append("g").selectAll("g").data(ends).join("g");
    g.append("path").attr("stroke", "#7a8288").attr("fill", "none").attr("d", (e) => `M${x + 2},${e.want}L${x + 12},${e.y}`);
    g.append("rect").attr("x", x + 16).attr("y", (e) => e.y - 5).attr("width", 10).attr("height", 10).attr("fill", (e) => e.s.colour);
    this.counts = g.append("text").attr("class", "name").attr("x", x + 31).attr("y", (e) => e.y + 4);
  }

  turns(top) {
    const { g, svg } = this, rows = scalePoint(this.kinds, [top, top + ROW * Math.max(this.kinds.length - 1, 0)]);
    const name = (side) => g.sides?.names[side], colour = (side) => g.sides?.colours[side] ?? "#4d555b";
    const labels = svg.append("g").selectAll("g").data(this.kinds).join("g").attr("transform", (k) => `translate(0,${rows(k)})`);
    labels.append("line").attr("x1", LEFT).attr("x2", this.x.range()[1] + 30).attr("stroke", "#d9d6cf");
    labels.append("text").attr("class", "name").attr("x", LEFT - 8).attr("y", 4).attr("text-anchor", "end").text((k) => k);
    const taken = {};
    const marks = svg.append("g").selectAll("g").data(g.turns).join("g").attr("transform", (t) => {
      const x = Math.max(this.x(t.day), (taken[t.kind] ?? -Infinity) + 11);
      taken[t.kind] = x;
      return `translate(${x},${rows(t.kind)})`;
    });
    marks.append("circle").attr("r", 5.5).attr("fill", (t) => colour(t.a));
    marks.append("circle").attr("r", 2.8).attr("fill", (t) => (t.b >= 0 ? colour(t.b) : colour(t.a)));
    marks.append("title").text((t) => `${dateWords(t.day)}: ${t.kind}, ${[name(t.a), name(t.b)].filter(Boolean).join(" \u2013 ")}`);
  }

  update() {
    if (!this.cursor) return;
    const { g } = this, day = Math.min(Math.max(this.state.day, g.day[0]), g.day.at(-1));
    const t = Math.max(g.day.findLastIndex((d) => d <= day), 0);
    this.cursor.attr("x1", this.x(day)).attr("x2", this.x(day));
    this.marks.classed("faded", (s) => this.state.fades(s.name, g.streams));
    this.counts?.text((e) => `${e.s.name} ${number(Math.round(e.s.high[t] - e.s.low[t]))}`);
  }
}

export function drawRiver(state, go) {
  if (!data.groups.streams?.length) {
    document.getElementById("groups-section").hidden = true;
    return () => {};
  }
  const river = new River(state, go);
  return () => river.update();
}
