// One state, and the parts that show it.
import { data, openFields } from "./data.js";
import { drawEffects } from "./effects.js";
import { drawLegend } from "./legend.js";
import { drawLedger } from "./ledger.js";
import { Map, reading } from "./map.js";
import { drawOrigin, tables } from "./origin.js";
import { drawRiver } from "./river.js";
import { dateWords, number, periodWords } from "./scales.js";
import { drawSeries } from "./series.js";
import { drawStudy } from "./study.js";

const at = (id) => document.getElementById(id);
const NOTHING = { look: "cells", title: "No field", unit: "", scale: "linear", from: 0, to: 1, ramp: ["#ffffff", "#ffffff"], value: () => NaN };
const STEP_MS = 220, CAPTION_DAYS = 150;

const state = {
  time: 0,
  choice: { field: data.fields[0] ?? NOTHING },
  highlight: "",
  kinds: null, // those hidden
  get day() { return data.periods.last[this.time] ?? data.run.start; },
  /** Is event k shown? */
  admits(k) {
    const e = data.events, { highlight } = this;
    if (this.kinds?.has(e.kind?.[k])) return false;
    return !highlight || ["country", "side_a", "side_b"].some((c) => e.axes?.[c]?.names[e[c]?.[k]] === highlight);
  },
  /** Does an item stand back behind the one highlighted? */
  fades(name, items) {
    return Boolean(this.highlight) && name !== this.highlight && items.some((i) => i.name === this.highlight);
  },
};

function option(select, value, text) {
  const o = document.createElement("option");
  [o.value, o.textContent] = [value, text];
  select.append(o);
  return o;
}

function fillChoices() {
  const select = at("field"), choices = [];
  for (const field of data.fields) {
    choices.push({ field });
    option(select, choices.length - 1, field.title);
    for (const item of field.items ?? []) {
      choices.push({ field, item });
      option(select, choices.length - 1, `\u00a0\u00a0${item.name}`);
    }
  }
  const usual = choices.findIndex((c) => c.field.name === "control");
  if (choices.length) {
    select.value = String(Math.max(usual, 0));
    state.choice = choices[Number(select.value)];
  }
  return choices;
}

function fillHighlights() {
  const select = at("highlight"), e = data.events;
  option(select, "", "nobody");
  const group = (label, names) => {
    if (!names.length) return;
    const box = document.createElement("optgroup");
    box.label = label;
    names.forEach((n) => option(box, n, n));
    select.append(box);
  };
  const seen = (c) => [...new Set(e[c] ?? [])].map((k) => e.axes?.[c]?.names[k]).filter(Boolean).sort();
  group("Countries", seen("country"));
  group("Sides", [...new Set([...seen("side_a"), ...seen("side_b")])].sort());
}

function fillKinds(redraw) {
  const axis = data.events.axes?.kind;
  if (!axis) { at("kinds-box").hidden = true; return; }
  state.kinds = new Set();
  for (const k of [...new Set(data.events.kind)].sort((a, b) => a - b)) {
    const label = document.createElement("label"), box = document.createElement("input"), swatch = document.createElement("span");
    [box.type, box.checked] = ["checkbox", true];
    swatch.className = "swatch round";
    swatch.style.background = axis.colours[k];
    box.addEventListener("change", () => { if (box.checked) state.kinds.delete(k); else state.kinds.add(k); redraw(); });
    label.append(box, " ", swatch, axis.names[k]);
    at("kinds").append(label);
  }
}

/** What the scenario did last. */
function tellCaption() {
  const last = data.captions.filter((c) => c.day <= state.day).at(-1);
  at("caption").textContent = last && state.day - last.day < CAPTION_DAYS ? `${dateWords(last.day)}: ${last.text}` : "";
}

function start() {
  document.title = data.run.title || "Atlas of a run";
  at("title").textContent = data.run.title || "Atlas of a run";
  at("subtitle").textContent = `${dateWords(data.run.start)} to ${dateWords(data.run.end)} \u00b7 model ${data.run.model}, seed ${data.run.seed}`;
  const choices = fillChoices(), slider = at("time");
  fillHighlights();
  if (!data.events.date) at("highlight").closest("label").hidden = true;
  if (!data.series.length) {
    at("series-section").hidden = true;
    at("map-section").parentElement.classList.add("alone");
    at("map-section").style.position = "static";
  }
  const hasMap = data.fields.length > 0;
  at("map-section").hidden = !hasMap;
  const map = hasMap ? new Map(state, tellCell) : null;
  const go = (day) => setTime(data.periods.last.findIndex((l) => l >= day));
  const updates = [drawSeries(state, go), drawRiver(state, go)];
  drawLedger();
  drawEffects();
  drawStudy();
  drawOrigin(state);

  function tellCell(i) {
    const [value, who] = reading(state.choice, state.time, i), unit = state.choice.field.unit;
    const what = who ? `${state.choice.field.title}, ${who.name}` : state.choice.field.title;
    const readout = at("readout");
    readout.textContent = `${map.describe(i)} \u00b7 ${what}: ${number(value)}${unit ? ` ${unit}` : ""}`;
    readout.dataset.cell = i;
    readout.dataset.value = value;
  }

  function show() {
    const { first, last } = data.periods;
    if (hasMap) {
      const words = periodWords(first[state.time], last[state.time], data.run.fields_every);
      at("date").textContent = words;
      slider.setAttribute("aria-valuetext", words);
      map.draw();
      if (map.cursor !== null) tellCell(map.cursor);
      const n = data.events.date ? data.events.date.filter((d, k) => d >= first[state.time] && d <= last[state.time] && state.admits(k)).length : 0;
      at("event-count").textContent = data.events.date ? `(${n} in ${words})` : "";
      at("map").setAttribute("aria-label", `Map of ${state.choice.field.title}, ${words}`);
    }
    tellCaption();
    updates.forEach((update) => update());
  }

  function setTime(t) {
    state.time = Math.min(Math.max(t < 0 ? data.periods.last.length - 1 : t, 0), Math.max(data.periods.last.length - 1, 0));
    slider.value = String(state.time);
    show();
  }

  slider.max = String(Math.max(data.periods.last.length - 1, 0));
  slider.addEventListener("input", () => { stop(); setTime(Number(slider.value)); });
  at("field").addEventListener("change", () => { state.choice = choices[Number(at("field").value)]; drawLegend(state.choice); show(); });
  at("highlight").addEventListener("change", () => { state.highlight = at("highlight").value; show(); });
  fillKinds(show);

  let timer = null;
  function stop() {
    clearInterval(timer);
    timer = null;
    at("play").textContent = "Play";
    at("play").setAttribute("aria-pressed", "false");
  }
  function play() {
    if (timer) { stop(); return; }
    if (state.time >= Number(slider.max)) setTime(0);
    at("play").textContent = "Pause";
    at("play").setAttribute("aria-pressed", "true");
    timer = setInterval(() => { if (state.time >= Number(slider.max)) stop(); else setTime(state.time + 1); }, STEP_MS);
  }
  at("play").addEventListener("click", play);
  document.addEventListener("keydown", (e) => {
    if (e.key !== " " || e.target.closest("button, input, select, summary, a, pre")) return;
    e.preventDefault();
    play();
  });

  if (hasMap) drawLegend(state.choice);
  setTime(Number(slider.max));
  window.sahelAtlas = { data, state, setTime, map, tables, ready: true };
}

openFields().then(start).catch((problem) => {
  at("trouble").hidden = false;
  at("trouble").textContent = `This page cannot be shown here: ${problem.message}. It needs a browser of 2023 or newer.`;
});
