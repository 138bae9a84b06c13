// The data of the run, and fields unpacked to numbers.

export const data = JSON.parse(document.getElementById("data").textContent);

/** Bytes of a grey PNG of 8 bits, row after row. */
async function unpack(base64, width) {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const view = new DataView(bytes.buffer), parts = [];
  for (let at = 8; at < bytes.length;) {
    const length = view.getUint32(at), kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (kind === "IDAT") parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream("deflate"));
  return unfilter(new Uint8Array(await new Response(stream).arrayBuffer()), width);
}

/** ISO/IEC 15948, 9: each row begins with the number of its filter. */
function unfilter(raw, width) {
  const rows = raw.length / (width + 1), out = new Uint8Array(rows * width);
  for (let y = 0; y < rows; y++) {
    const filter = raw[y * (width + 1)], from = y * (width + 1) + 1, to = y * width;
    for (let x = 0; x < width; x++) {
      const left = x ? out[to + x - 1] : 0, up = y ? out[to + x - width] : 0;
      const corner = x && y ? out[to + x - width - 1] : 0;
      let add = 0;
      if (filter === 1) add = left;
      else if (filter === 2) add = up;
      else if (filter === 3) add = (left + up) >> 1;
      else if (filter === 4) {
        const p = left + up - corner;
        const a = Math.abs(p - left), b = Math.abs(p - up), c = Math.abs(p - corner);
        add = a <= b && a <= c ? left : b <= c ? up : corner;
      }
      out[to + x] = raw[from + x] + add;
    }
  }
  return out;
}

/** Gives a layer its function value(time, cell); NaN where there is nothing. */
async function open(layer, ntimes) {
  const bytes = await unpack(layer.png, layer.width), period = layer.width * layer.rows, high = ntimes * period;
  layer.value = (t, cell) => {
    const at = t * period + cell;
    const code = bytes[at] + (layer.planes > 1 ? 256 * bytes[high + at] : 0);
    return code ? layer.low + (code - 1) * layer.step : NaN;
  };
}

export async function openFields() {
  const ntimes = data.periods.first.length;
  for (const field of data.fields)
    for (const layer of field.items ?? [field]) await open(layer, ntimes);
}

/** Country by cell, -1 at sea. */
export function countries() {
  const out = new Int16Array(data.grid.nlon * data.grid.nlat).fill(-1), runs = data.land.country;
  for (let i = 0, at = 0; i < runs.length; i += 2) {
    out.fill(runs[i], at, at + runs[i + 1]);
    at += runs[i + 1];
  }
  return out;
}
