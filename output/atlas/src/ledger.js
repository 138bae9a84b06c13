// The ledger as a table with bars.
import { data } from "./data.js";
import { key } from "./legend.js";
import { dayOf, number } from "./scales.js";

const KEPT = 8, REST = "#c8c4bc";

function rowsOf(entry, year) {
  const rows = entry.items.names.map((name, i) => ({ name, colour: entry.items.colours[i], sum: 0, parts: new Map() }));
  for (let k = 0; k < entry.values.length; k += 4) {
    const [y, item, inner, value] = entry.values.slice(k, k + 4);
    if (year && y !== year) continue;
    rows[item].sum += value;
    rows[item].parts.set(inner, (rows[item].parts.get(inner) ?? 0) + value);
  }
  const most = Math.max(...rows.map((r) => Math.abs(r.sum)), 0);
  return rows.filter((r) => Math.abs(r.sum) > 1e-9 * most).sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
}

function partsKept(rows) {
  const sums = new Map();
  for (const r of rows) for (const [k, v] of r.parts) sums.set(k, (sums.get(k) ?? 0) + Math.abs(v));
  return [...sums].sort((a, b) => b[1] - a[1]).slice(0, KEPT).map(([k]) => k);
}

function bar(entry, row, most, kept) {
  const box = document.createElement("div"), sign = Math.sign(row.sum) || 1;
  box.className = "bar";
  const add = (value, colour, title) => {
    if (!(sign * value > 0)) return;
    const part = document.createElement("i");
    part.style.width = `${(100 * sign * value) / most}%`;
    part.style.background = colour;
    part.title = `${title}: ${number(value)}`;
    box.append(part);
  };
  if (!entry.inner) { add(row.sum, row.colour, row.name); return box; }
  let rest = row.sum;
  for (const k of kept) {
    const value = row.parts.get(k) ?? 0;
    add(value, entry.inner.colours[k], entry.inner.names[k]);
    rest -= value;
  }
  if (Math.abs(rest) > 1e-6 * Math.abs(row.sum)) add(rest, REST, "Others");
  return box;
}

function draw(entry, year) {
  const box = document.getElementById("ledger"), rows = rowsOf(entry, year);
  box.replaceChildren();
  if (!rows.length) { box.textContent = "Nothing in this time."; return; }
  const kept = entry.inner ? partsKept(rows) : [];
  if (kept.length) {
    const keys = document.createElement("ul");
    keys.className = "keys";
    keys.append(...kept.map((k) => key(entry.inner.colours[k], entry.inner.names[k])));
    box.append(keys);
  }
  const table = document.createElement("table"), body = document.createElement("tbody"), caption = document.createElement("caption");
  caption.className = "hidden";
  caption.textContent = entry.title;
  const most = Math.max(...rows.map((r) => Math.abs(r.sum)));
  for (const row of rows) {
    const tr = document.createElement("tr"), th = document.createElement("th"), value = document.createElement("td"), cell = document.createElement("td");
    th.scope = "row";
    th.textContent = row.name;
    value.className = "number";
    value.textContent = `${number(row.sum)}${entry.unit ? ` ${entry.unit}` : ""}`;
    cell.style.width = "55%";
    cell.append(bar(entry, row, most, kept));
    tr.append(th, value, cell);
    body.append(tr);
  }
  table.append(caption, body);
  box.append(table);
}

export function drawLedger() {
  const entry = document.getElementById("entry"), year = document.getElementById("year");
  if (!data.ledger.length) { document.getElementById("ledger-section").hidden = true; return; }
  const option = (select, value, text) => {
    const o = document.createElement("option");
    [o.value, o.textContent] = [value, text];
    select.append(o);
  };
  data.ledger.forEach((e, i) => option(entry, i, e.title));
  option(year, 0, "all years");
  for (let y = dayOf(data.run.start).getUTCFullYear(); y <= dayOf(data.run.end).getUTCFullYear(); y++) option(year, y, String(y));
  const usual = data.ledger.findIndex((e) => e.name === "deaths_by_cause");
  entry.value = String(Math.max(usual, 0));
  const update = () => draw(data.ledger[Number(entry.value)], Number(year.value));
  entry.addEventListener("change", update);
  year.addEventListener("change", update);
  update();
}
