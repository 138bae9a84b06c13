// Scenario, provenance, and tables to take away.
import { data } from "./data.js";
import { isoDay } from "./scales.js";
import { reading } from "./map.js";
import { fanRows, pointRows } from "./study.js";

const quoted = (v) => (/[",\r\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v);
const row = (values) => values.map((v) => quoted(v === null || Number.isNaN(v) ? "" : String(v))).join(",");
const table = (head, rows) => `${[head, ...rows].map(row).join("\n")}\n`;

function events() {
  const { axes, ...columns } = data.events, names = Object.keys(columns);
  const rows = columns.date.map((_, k) => names.map((name) => {
    if (name === "date") return isoDay(columns.date[k]);
    return axes[name] ? axes[name].names[columns[name][k]] ?? "" : columns[name][k];
  }));
  return table(names, rows);
}

function series() {
  const rows = data.series.flatMap((s) => s.items.flatMap((item) => item.values.map((v, t) => [s.name, item.name, isoDay(s.first[t]), isoDay(s.after[t] - 1), v, s.unit])));
  return table(["series", "item", "first", "last", "value", "unit"], rows);
}

function ledger() {
  const rows = [];
  for (const e of data.ledger)
    for (let k = 0; k < e.values.length; k += 4) {
      const [year, item, inner, value] = e.values.slice(k, k + 4);
      rows.push([e.name, year, e.items.names[item], e.inner ? e.inner.names[inner] : "", value, e.unit]);
    }
  return table(["entry", "year", "item", "of", "value", "unit"], rows);
}

function effects() {
  const names = ["measure", "a", "b", "effect", "low", "high", "unit"];
  return table(names, data.effects.rows.map((e) => names.map((n) => e[n])));
}

const points = () => table(["point", "factors", "measure", "mean", "median", "low", "high", "unit"], pointRows());
const fans = () => table(["series", "point", "first", "last", "q05", "q25", "q50", "q75", "q95", "unit"], fanRows());

function cells(state) {
  const { west, south, cell, nlon, nlat } = data.grid, { first, last } = data.periods, { choice, time } = state, rows = [];
  for (let i = 0; i < nlon * nlat; i++) {
    const [value, who] = reading(choice, time, i);
    if (!Number.isNaN(value))
      rows.push([isoDay(first[time]), isoDay(last[time]), west + ((i % nlon) + 0.5) * cell, south + (Math.floor(i / nlon) + 0.5) * cell, who?.name ?? "", value]);
  }
  return table(["first", "last", "lon", "lat", "item", choice.field.name], rows);
}

function save(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

export function drawOrigin(state) {
  document.getElementById("scenario").textContent = data.scenario;
  const body = document.querySelector("#provenance tbody");
  const line = (name, value) => {
    const tr = document.createElement("tr"), th = document.createElement("th"), td = document.createElement("td");
    th.scope = "row";
    [th.textContent, td.textContent] = [name, value];
    tr.append(th, td);
    body.append(tr);
  };
  if (data.run.digest) line("digest of the last state", data.run.digest);
  line("model, seed", `${data.run.model}, ${data.run.seed}`);
  for (let i = 0; i < data.provenance.length; i += 2) line(data.provenance[i].replace("/", ": "), data.provenance[i + 1]);
  const csv = "text/csv";
  const offers = [
    data.events.date && ["Events (CSV)", () => save("events.csv", events(), csv)],
    data.series.length && ["Series (CSV)", () => save("series.csv", series(), csv)],
    data.ledger.length && ["Ledger (CSV)", () => save("ledger.csv", ledger(), csv)],
    data.effects && ["Effects (CSV)", () => save("effects.csv", effects(), csv)],
    data.study?.measures.length && ["Points (CSV)", () => save("points.csv", points(), csv)],
    data.study?.fans.length && ["Series by point (CSV)", () => save("fans.csv", fans(), csv)],
    data.fields.length && ["Map shown (CSV)", () => save("cells.csv", cells(state), csv)],
    ["Scenario (YAML)", () => save("scenario.yaml", data.scenario, "text/yaml")],
  ];
  for (const [text, act] of offers.filter(Boolean)) {
    const button = document.createElement("button");
    [button.type, button.textContent] = ["button", text];
    button.addEventListener("click", act);
    document.getElementById("downloads").append(button);
  }
}

export const tables = { events, series, ledger, effects, points, fans, cells };
