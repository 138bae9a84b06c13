// The map: cells, lines, names and events on one canvas.
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import { countries, data } from "./data.js";
import { dateWords, degrees, number, place, rampOf, rgb } from "./scales.js";

const LINES = [["lake", "#8fb3c9", 0.8], ["river", "#8fb3c9", 0.8], ["region", "#b3aea5", 0.6], ["coast", "#5b89a3", 0.9],
  ["border", "#4a4a4a", 1.1]];
const FADE_DAYS = 60;

const { west, south, cell, nlon, nlat } = data.grid;
const east = west + nlon * cell, north = south + nlat * cell;
const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
const country = countries();

/** The layers of a choice: "presence" (the strongest), or one item of it. */
export function layersOf(choice) {
  return choice.item ? [choice.item] : choice.field.items ?? [choice.field];
}

/** [value, item] that a cell shows. */
export function reading(choice, t, i) {
  let best = NaN, who = null;
  for (const layer of layersOf(choice)) {
    const value = layer.value(t, i);
    if (!(value <= best) && !Number.isNaN(value)) [best, who] = [value, layer];
  }
  return [best, choice.field.items ? who : null];
}

function paths() {
  return LINES.map(([name, colour, width]) => {
    const path = new Path2D();
    for (const line of data.land.lines.filter((l) => l.layer === name)) {
      let x = 0, y = 0;
      line.at.forEach((step, k) => {
        if (k % 2 === 0) { x += step; return; }
        y += step;
        const at = [(x / 100 - west) * squeeze, north - y / 100];
        if (k === 1) path.moveTo(...at); else path.lineTo(...at);
      });
    }
    return { path, colour, width };
  });
}

export class Map {
  constructor(state, onCell) {
    this.state = state;
    this.onCell = onCell;
    this.canvas = document.getElementById("map");
    this.tip = document.getElementById("tip");
    this.lines = paths();
    this.cells = document.createElement("canvas");
    [this.cells.width, this.cells.height] = [nlon, nlat];
    this.transform = zoomIdentity;
    this.cursor = null;
    this.listen();
  }

  listen() {
    const canvas = select(this.canvas);
    this.zoom = zoom().scaleExtent([1, 12]).filter((e) => e.type !== "wheel" || e.ctrlKey || e.shiftKey || this.transform.k > 1 || document.activeElement === this.canvas)
      .on("zoom", (e) => { this.transform = e.transform; this.canvas.style.touchAction = e.transform.k > 1 ? "none" : "pan-y"; this.draw(); });
    canvas.call(this.zoom).on("keydown.zoom", null);
    const by = (factor) => () => canvas.call(this.zoom.scaleBy, factor);
    document.getElementById("closer").addEventListener("click", by(1.6));
    document.getElementById("farther").addEventListener("click", by(1 / 1.6));
    document.getElementById("whole").addEventListener("click", () => canvas.call(this.zoom.transform, zoomIdentity));
    this.canvas.addEventListener("pointermove", (e) => this.point(e));
    this.canvas.addEventListener("pointerdown", (e) => this.point(e));
    this.canvas.addEventListener("pointerleave", () => { this.tip.hidden = true; });
    this.canvas.addEventListener("keydown", (e) => this.key(e));
    new ResizeObserver(() => this.resize()).observe(this.canvas.parentElement);
  }

  resize() {
    const width = this.canvas.parentElement.clientWidth;
    const height = Math.round((width * (north - south)) / ((east - west) * squeeze));
    const dense = Math.min(window.devicePixelRatio || 1, 3);
    this.size = [width, height];
    this.canvas.style.height = `${height}px`;
    [this.canvas.width, this.canvas.height] = [Math.round(width * dense), Math.round(height * dense)];
    this.dense = dense;
    this.zoom.extent([[0, 0], [width, height]]).translateExtent([[0, 0], [width, height]]);
    this.draw();
  }

  /** Pixels to a degree of latitude. */
  get unit() { return this.size[1] / (north - south); }

  screen(lon, lat) {
    return this.transform.apply([(lon - west) * squeeze * this.unit, (north - lat) * this.unit]);
  }

  cellAt(x, y) {
    const [px, py] = this.transform.invert([x, y]);
    const column = Math.floor(px / (squeeze * this.unit * cell));
    const row = Math.floor((north - south - py / this.unit) / cell);
    if (column < 0 || column >= nlon || row < 0 || row >= nlat) return -1;
    return row * nlon + column;
  }

  centre(i) {
    return [west + ((i % nlon) + 0.5) * cell, south + (Math.floor(i / nlon) + 0.5) * cell];
  }

  describe(i) {
    const land = country[i] >= 0 ? data.land.names[country[i]] : "no land";
    return `${degrees(...this.centre(i))}${data.land.names.length ? ` \u00b7 ${land}` : ""}`;
  }

  point(e) {
    const box = this.canvas.getBoundingClientRect();
    const x = e.clientX - box.left, y = e.clientY - box.top, i = this.cellAt(x, y);
    if (i < 0) return;
    this.cursor = i;
    this.onCell(i);
    this.fillTip(i, this.eventsNear(x, y));
    this.tip.hidden = false;
    const left = x + 14 + this.tip.offsetWidth > this.size[0] ? x - 14 - this.tip.offsetWidth : x + 14;
    this.tip.style.left = `${Math.max(left, 0)}px`;
    this.tip.style.top = `${Math.min(y + 10, this.size[1] - this.tip.offsetHeight)}px`;
    this.draw();
  }

  fillTip(i, events) {
    const line = (text, tag = "p") => {
      const p = document.createElement(tag);
      p.textContent = text;
      this.tip.append(p);
    };
    this.tip.replaceChildren();
    const [value, who] = reading(this.state.choice, this.state.time, i);
    const unit = this.state.choice.field.unit;
    line(`${who ? `${who.name}: ` : ""}${number(value)}${unit ? ` ${unit}` : ""}`, "strong");
    line(this.describe(i));
    for (const k of events.slice(0, 4)) line(eventWords(k));
    if (events.length > 4) line(`and ${events.length - 4} more`);
  }

  eventsNear(x, y) {
    return this.shown().filter(({ k, radius }) => {
      const [ex, ey] = this.screen(data.events.lon[k], data.events.lat[k]);
      return Math.hypot(ex - x, ey - y) <= radius + 3;
    }).map(({ k }) => k);
  }

  key(e) {
    const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: nlon, ArrowDown: -nlon }[e.key];
    if (e.key === "+" || e.key === "-") select(this.canvas).call(this.zoom.scaleBy, e.key === "+" ? 1.6 : 1 / 1.6);
    if (move === undefined) return;
    e.preventDefault();
    const from = this.cursor ?? Math.floor(nlat / 2) * nlon + Math.floor(nlon / 2);
    const to = from + move;
    const leaves = Math.abs(move) === 1 && Math.floor(to / nlon) !== Math.floor(from / nlon);
    this.cursor = to < 0 || to >= nlon * nlat || leaves ? from : to;
    this.onCell(this.cursor);
    this.draw();
  }

  /** Events of the period, and those before it while they fade. */
  shown() {
    const { first, last } = data.periods, t = this.state.time, e = data.events;
    if (!e.date || !first.length) return [];
    const out = [];
    for (let k = 0; k < e.date.length && e.date[k] <= last[t]; k++) {
      const age = Math.max(first[t] - e.date[k], 0);
      if (age >= FADE_DAYS || e.lon[k] === null || !this.state.admits(k)) continue;
      out.push({ k, strength: 1 - age / FADE_DAYS, radius: 2.6 + 0.9 * Math.sqrt(e.deaths?.[k] ?? 1) });
    }
    return out;
  }

  draw() {
    if (!this.size) return;
    const ctx = this.canvas.getContext("2d"), { x, y, k } = this.transform, d = this.dense;
    ctx.setTransform(d, 0, 0, d, 0, 0);
    ctx.fillStyle = "#dce7ed";
    ctx.fillRect(0, 0, ...this.size);
    this.paintCells();
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(this.cells, x, y, (east - west) * squeeze * this.unit * k, this.size[1] * k);
    if (this.state.choice.field.look === "circles") this.drawCircles(ctx);
    this.drawLines(ctx);
    this.drawPlaces(ctx);
    this.drawEvents(ctx);
    this.drawCursor(ctx);
  }

  paintCells() {
    const ctx = this.cells.getContext("2d"), image = ctx.createImageData(nlon, nlat);
    const { choice, time } = this.state, ramp = rampOf(choice.field), cache = {};
    const circles = choice.field.look === "circles", ready = data.fields.length > 0;
    for (let i = 0; i < nlon * nlat; i++) {
      const at = 4 * ((nlat - 1 - Math.floor(i / nlon)) * nlon + (i % nlon));
      let colour = country[i] >= 0 || !data.land.names.length ? [244, 242, 237] : [220, 231, 237];
      if (ready && !circles) {
        const [value, who] = reading(choice, time, i), where = place(choice.field, value);
        if (!Number.isNaN(where)) {
          const step = Math.round(where * 200);
          const own = who ? rgb(who.colour) : (cache[step] ??= rgb(ramp(step / 200)));
          const a = who ? 0.5 + 0.48 * where : 1;
          colour = colour.map((c, n) => a * own[n] + (1 - a) * c);
        }
      }
      image.data.set([...colour, 255], at);
    }
    ctx.putImageData(image, 0, 0);
  }

  drawCircles(ctx) {
    const { choice, time } = this.state, ramp = rampOf(choice.field);
    ctx.fillStyle = ramp(0.72);
    ctx.globalAlpha = 0.6;
    for (let i = 0; i < nlon * nlat; i++) {
      const [value] = reading(choice, time, i);
      if (!(value > 0)) continue;
      ctx.beginPath();
      ctx.arc(...this.screen(...this.centre(i)), 12 * Math.sqrt(value / choice.field.to) + 1, 0, 2 * Math.PI);
      ctx.fill();
    }
    ctx.globalAlpha = 1;
  }

  drawLines(ctx) {
    const { x, y, k } = this.transform, scale = this.unit * k;
    ctx.save();
    ctx.translate(x, y);
    ctx.scale(scale, scale);
    for (const { path, colour, width } of this.lines) {
      ctx.strokeStyle = colour;
      ctx.lineWidth = width / scale;
      ctx.stroke(path);
    }
    ctx.restore();
  }

  drawPlaces(ctx) {
    const taken = [];
    const most = (this.size[0] / 55) * Math.sqrt(this.transform.k);
    ctx.lineJoin = "round";
    for (const p of data.land.places ?? []) {
      const [px, py] = this.screen(p.lon, p.lat);
      ctx.font = `${p.rank ? "" : "bold "}12px Lato, "Liberation Sans", "DejaVu Sans", system-ui, sans-serif`;
      const box = [px - 4, py - 8, px + ctx.measureText(p.name).width + 8, py + 8];
      const free = taken.every((b) => box[2] < b[0] || b[2] < box[0] || box[3] < b[1] || b[3] < box[1]);
      if (!free || box[2] > this.size[0] - 44 || box[0] < 0 || box[1] < 0 || box[3] > this.size[1] || taken.length > most) continue;
      taken.push(box);
      ctx.strokeStyle = "rgba(255,255,255,0.85)";
      ctx.lineWidth = 3;
      ctx.strokeText(p.name, px + 5, py + 4);
      ctx.fillStyle = "#1f2428";
      ctx.fillText(p.name, px + 5, py + 4);
      ctx.beginPath();
      ctx.arc(px, py, 2.2, 0, 2 * Math.PI);
      ctx.fill();
    }
  }

  drawEvents(ctx) {
    const colours = data.events.axes?.kind?.colours;
    for (const { k, strength, radius } of this.shown()) {
      ctx.globalAlpha = 0.15 + 0.8 * strength;
      ctx.fillStyle = colours?.[data.events.kind[k]] ?? "#1f2428";
      ctx.strokeStyle = strength === 1 ? "#1f2428" : "#fff";
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.arc(...this.screen(data.events.lon[k], data.events.lat[k]), radius, 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
  }

  drawCursor(ctx) {
    if (this.cursor === null) return;
    const [lon, lat] = this.centre(this.cursor);
    const [x0, y0] = this.screen(lon - cell / 2, lat + cell / 2), [x1, y1] = this.screen(lon + cell / 2, lat - cell / 2);
    ctx.strokeStyle = "#fff";
    ctx.lineWidth = 4;
    ctx.strokeRect(x0, y0, x1 - x0, y1 - y0);
    ctx.strokeStyle = "#1f2428";
    ctx.lineWidth = 2;
    ctx.strokeRect(x0, y0, x1 - x0, y1 - y0);
  }
}

export function eventWords(k) {
  const e = data.events, word = (name) => e.axes?.[name]?.names[e[name]?.[k]];
  const sides = [word("side_a"), word("side_b")].filter(Boolean).join(" \u2013 ");
  const dead = e.deaths ? `, ${number(e.deaths[k])} dead` : "";
  return `${dateWords(e.date[k])}: ${word("kind") ?? "event"}${sides ? `, ${sides}` : ""}${dead}`;
}
