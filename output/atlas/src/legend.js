// What the colours of the map mean.
import { number, rampOf } from "./scales.js";
import { layersOf } from "./map.js";

export function key(colour, text, round) {
  const li = document.createElement("li"), swatch = document.createElement("span");
  swatch.className = round ? "swatch round" : "swatch";
  swatch.style.background = colour;
  li.append(swatch, text);
  return li;
}

function keys(pairs) {
  const list = document.createElement("ul");
  list.className = "keys";
  list.append(...pairs.map(([colour, text]) => key(colour, text)));
  return list;
}

function bar(field) {
  const box = document.createElement("div"), strip = document.createElement("div"), words = document.createElement("div");
  const ramp = rampOf(field);
  strip.style.cssText = "height:12px;max-width:340px;border:1px solid #7a8288";
  strip.style.background = `linear-gradient(90deg,${field.ramp.map((_, i) => ramp(i / (field.ramp.length - 1))).join(",")})`;
  words.style.cssText = "display:flex;justify-content:space-between;max-width:340px";
  const log = field.scale === "log";
  const at = (p) => (log ? field.from * (field.to / field.from) ** p : field.from + p * (field.to - field.from));
  for (const p of [0, 0.5, 1]) {
    const span = document.createElement("span");
    span.textContent = number(Number(at(p).toPrecision(2)));
    words.append(span);
  }
  box.append(strip, words);
  return box;
}

export function drawLegend(choice) {
  const box = document.getElementById("legend"), { field } = choice, title = document.createElement("strong");
  const per = field.nature === "sum" ? "in the period" : "at its end";
  title.textContent = `${field.title}${field.unit ? ` (${field.unit})` : ""}, ${per}`;
  box.replaceChildren(title);
  if (field.look === "zones") {
    const ramp = rampOf(field), n = field.to - field.from;
    box.append(keys(field.zones.map((name, i) => [ramp(i / n), `${name} (${number(field.zone_low + i)})`])));
  } else if (field.items) {
    box.append(keys(layersOf(choice).map((layer) => [layer.colour, layer.name])));
    box.append("Deeper where stronger; blank below ", number(field.from));
  } else if (field.look === "circles") {
    box.append(keys([[rampOf(field)(0.72), `area of the circle; the largest is ${number(field.to)}`]]));
  } else {
    box.append(bar(field));
    if (field.scale === "log") box.append(`logarithmic, blank below ${number(field.from)}`);
  }
}
