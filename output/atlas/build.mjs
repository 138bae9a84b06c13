// Makes atlas.html of src/: one file, scripts and style inside, D3 with its licences.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const script = await build({
  entryPoints: ["src/main.js"], bundle: true, minify: true, write: false,
  format: "iife", target: "es2020", charset: "ascii", legalComments: "none",
});
const style = await build({
  entryPoints: ["src/style.css"], bundle: true, minify: true, write: false,
});

// The licence texts of what is bundled stand in the page, each once.
const names = Object.keys(JSON.parse(readFileSync("package.json")).dependencies);
const holders = new Map();
for (const name of readdirSync("node_modules").filter((n) => /^(d3-|internmap)/.test(n))) {
  const text = readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim();
  holders.set(text, [...(holders.get(text) ?? []), name]);
}
const licences = [...holders].map(([text, who]) => `${who.join(", ")}\n${text}`).join("\n\n");
if (names.length === 0 || /--/.test(licences)) throw new Error("licences cannot be told");

const page = readFileSync("src/index.html", "utf8")
  .replace("/*STYLE*/", () => style.outputFiles[0].text.trim())
  .replace("/*SCRIPT*/", () => script.outputFiles[0].text.trim().replaceAll("</script", "<\\/script"))
  .replace("LICENCES", () => `Bundled libraries:\n\n${licences}\n`);
writeFileSync("atlas.html", page);
console.log(`atlas.html: ${page.length} characters`);
