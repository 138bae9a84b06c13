// Values as colours, numbers and days as words.
import { format } from "d3-format";
import { scaleLinear } from "d3-scale";

/** 0..1 on a field's scale; NaN where there is nothing to show. */
export function place(field, value) {
  if (Number.isNaN(value)) return NaN;
  let { from, to } = field;
  if (field.scale === "log") {
    if (value < from * (1 - 1e-9)) return NaN;
    [value, from, to] = [Math.log(value), Math.log(from), Math.log(to)];
  } else if (field.scale === "steps") value = Math.round(value);
  return Math.min(Math.max((value - from) / (to - from), 0), 1);
}

export function rampOf(field) {
  const n = field.ramp.length - 1;
  return scaleLinear().domain(field.ramp.map((_, i) => i / n)).range(field.ramp).clamp(true);
}

export function rgb(colour) {
  const hex = /^#(..)(..)(..)$/.exec(colour);
  return hex ? hex.slice(1).map((h) => parseInt(h, 16)) : colour.match(/[\d.]+/g).map(Number);
}

const whole = format(",.0f");
/** Whole numbers whole, others to four digits. */
export function number(value) {
  if (value === null || Number.isNaN(value)) return "\u2013";
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 1000) return whole(value).replace("-", "\u2212");
  return String(Number(value.toPrecision(4))).replace("-", "\u2212");
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August",
  "September", "October", "November", "December"];
export const dayOf = (day) => new Date(day * 86400000);
export const isoDay = (day) => dayOf(day).toISOString().slice(0, 10);
export function dateWords(day) {
  const d = dayOf(day);
  return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
}
export function periodWords(first, last, every) {
  const d = dayOf(first);
  if (every === "year") return String(d.getUTCFullYear());
  if (every === "month") return `${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
  return dateWords(last);
}
export function degrees(lon, lat) {
  const side = (v, plus, minus) => `${Math.abs(v).toFixed(2)}\u00b0 ${v < 0 ? minus : plus}`;
  return `${side(lat, "N", "S")}, ${side(lon, "E", "W")}`;
}

/** Ticks of a scale of days: years, or months of a short run. */
export function dayTicks(scale, width) {
  const [a, b] = scale.domain(), ticks = [], room = width / 44;
  const months = [1, 3, 6, 12, 24, 60, 120, 240].find((m) => (b - a) / (30.44 * m) <= room) ?? 600;
  const start = dayOf(a);
  for (let m = start.getUTCFullYear() * 12; ; m += months) {
    const day = Date.UTC(Math.floor(m / 12), m % 12, 1) / 86400000;
    if (day > b) break;
    if (day >= a) ticks.push(day);
  }
  return ticks;
}
export function tickWords(day) {
  const d = dayOf(day);
  return d.getUTCMonth() ? MONTHS[d.getUTCMonth()].slice(0, 3) : String(d.getUTCFullYear());
}
