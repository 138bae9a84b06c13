// Series over time, linked to the time of the map.
import { max, min } from "d3-array";
import { axisBottom, axisLeft } from "d3-axis";
import { format } from "d3-format";
import { scaleLinear } from "d3-scale";
import { pointer, select } from "d3-selection";
import { area, curveStepAfter, line, stack } from "d3-shape";
import { data } from "./data.js";
import { key } from "./legend.js";
import { dayTicks, number, tickWords } from "./scales.js";

const HEIGHT = 128, LEFT = 52, BOTTOM = 20, TOP = 8, RIGHT = 10;
const MOST = 12;

class Chart {
  constructor(series, state, go) {
    Object.assign(this, { series, state, go, hidden: new Set() });
    this.box = document.createElement("div");
    this.box.className = "chart";
    const title = document.createElement("h3"), unit = document.createElement("span");
    unit.textContent = series.unit ? ` ${series.unit}` : "";
    title.append(series.title, unit);
    this.svg = select(this.box).append("svg").attr("role", "img")
      .attr("aria-label", `${series.title} over time`).attr("height", HEIGHT);
    this.keys = document.createElement("ul");
    this.keys.className = "keys";
    this.box.prepend(title);
    this.box.append(this.keys);
    this.items = this.gather();
    new ResizeObserver(() => this.draw()).observe(this.box);
  }

  /** The largest, and the sum of the others where a sum makes sense. */
  gather() {
    const weight = (item) => max(item.values, Math.abs) ?? 0;
    const sorted = [...this.series.items].sort((a, b) => weight(b) - weight(a));
    const kept = new Set(sorted.slice(0, MOST));
    const items = this.series.items.filter((item) => kept.has(item));
    const rest = sorted.slice(MOST);
    if (rest.length && this.series.nature === "sum")
      items.push({ name: "Others", colour: "#c8c4bc", values: this.series.first.map((_, t) => rest.reduce((s, i) => s + i.values[t], 0)) });
    return items;
  }

  draw() {
    const { series, svg } = this, width = this.box.clientWidth;
    if (!width || !series.first.length) return;
    svg.selectAll("*").remove();
    svg.attr("viewBox", `0 0 ${width} ${HEIGHT}`);
    this.x = scaleLinear([series.first[0], series.after.at(-1)], [LEFT, width - RIGHT]);
    const stacked = series.nature === "sum";
    const sums = series.first.map((_, t) => this.items.reduce((s, i) => s + Math.max(i.values[t], 0), 0));
    const top = stacked ? max(sums) : max(this.items, (i) => max(i.values));
    const low = stacked ? 0 : Math.min(0, min(this.items, (i) => min(i.values)) ?? 0);
    this.y = scaleLinear([low, top || 1], [HEIGHT - BOTTOM, TOP]).nice(4);
    this.axes(width);
    if (stacked) this.areas(); else this.lines();
    this.cursor = svg.append("line").attr("class", "cursor").attr("y1", TOP).attr("y2", HEIGHT - BOTTOM);
    svg.append("rect").attr("x", LEFT).attr("y", 0).attr("width", Math.max(width - LEFT - RIGHT, 0)).attr("height", HEIGHT)
      .attr("fill", "transparent").style("cursor", "ew-resize")
      .on("pointerdown", (e) => { e.target.setPointerCapture(e.pointerId); this.drag(e); })
      .on("pointermove", (e) => e.buttons && this.drag(e));
    this.update();
  }

  drag(e) { this.go(this.x.invert(pointer(e, this.svg.node())[0])); }

  axes(width) {
    const ticks = axisLeft(this.y).ticks(4).tickSize(-(width - LEFT - RIGHT)).tickFormat((v) => (Math.abs(v) >= 1e4 ? format(".2~s")(v) : number(v)));
    this.svg.append("g").attr("class", "axis").attr("transform", `translate(${LEFT},0)`).call(ticks);
    const days = axisBottom(this.x).tickValues(dayTicks(this.x, width - LEFT)).tickFormat(tickWords).tickSize(4);
    this.svg.append("g").attr("class", "axis days").attr("transform", `translate(0,${HEIGHT - BOTTOM})`).call(days);
  }

  areas() {
    const { series } = this, layers = stack().keys(this.items.keys()).value((t, i) => Math.max(this.items[i].values[t], 0))(series.first.map((_, t) => t));
    const shape = area().x((d) => this.x(d[0])).y0((d) => this.y(d[1])).y1((d) => this.y(d[2])).curve(curveStepAfter);
    this.marks = this.svg.append("g").selectAll("path").data(layers).join("path")
      .attr("fill", (_, i) => this.items[i].colour)
      .attr("d", (l) => shape([...l.map((d, t) => [series.first[t], d[0], d[1]]), [series.after.at(-1), l.at(-1)[0], l.at(-1)[1]]]));
  }

  lines() {
    const shape = line().x((_, t) => this.x(this.series.after[t])).y((v) => this.y(v));
    this.marks = this.svg.append("g").attr("fill", "none").attr("stroke-width", 1.8).selectAll("path").data(this.items).join("path")
      .attr("stroke", (i) => i.colour).attr("d", (i) => shape(i.values));
  }

  update() {
    if (!this.cursor) return;
    const day = this.state.day, { first, after } = this.series;
    const t = Math.max(first.findLastIndex((f) => f <= day), 0);
    const x = this.series.nature === "sum" ? (first[t] + after[t]) / 2 : after[t];
    this.cursor.attr("x1", this.x(x)).attr("x2", this.x(x));
    const faded = (item) => this.state.fades(item.name, this.items);
    this.marks.classed("faded", (_, i) => faded(this.items[i]));
    this.keys.replaceChildren(...this.items.map((item) => {
      const li = key(item.colour, `${item.name} `), value = document.createElement("b");
      value.textContent = number(item.values[t]);
      li.append(value);
      li.classList.toggle("faded", faded(item));
      return li;
    }));
  }
}

export function drawSeries(state, go) {
  const charts = data.series.map((series) => new Chart(series, state, go));
  document.getElementById("series").append(...charts.map((c) => c.box));
  return () => charts.forEach((c) => c.update());
}
