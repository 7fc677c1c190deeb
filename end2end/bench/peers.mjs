// The pages that Canopy's list is measured beside: installed from npm when they are missing, built, and served with the rows of the run.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("peers", import.meta.url));
const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", json: "application/json" };

const PAGES = {
  "floor.html":
    '<!DOCTYPE html><meta charset="utf-8"><title>Floor</title><input><output></output><table><thead><tr><th><button>name</button></th></tr></thead><tbody></tbody></table><script type="module" src="floor.js"></script>',
  "cloudscape.html":
    '<!DOCTYPE html><meta charset="utf-8"><title>Cloudscape</title><link rel="stylesheet" href="cloudscape.css"><main></main><script type="module" src="cloudscape.js"></script>',
};

/**
 * Serves the pages and, as `/rows.json`, what `rows` gives.
 * @param {() => string} rows
 */
export async function startPeers(rows) {
  if (!existsSync(join(folder, "node_modules/esbuild"))) {
    console.log("bench: installing the peers in end2end/bench/peers");
    execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  }
  const { build } = createRequire(join(folder, "package.json"))("esbuild");
  const made = await build({
    absWorkingDir: folder,
    entryPoints: ["cloudscape.jsx"],
    bundle: true,
    minify: true,
    format: "esm",
    outdir: folder,
    write: false,
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".woff2": "dataurl", ".svg": "dataurl", ".png": "dataurl" },
  });
  /** @type {Map<string, () => string | Buffer>} */
  const files = new Map(Object.entries(PAGES).map(([name, text]) => [name, () => text]));
  files.set("floor.js", () => readFileSync(join(folder, "floor.js")));
  files.set("rows.json", rows);
  for (const { path, text } of made.outputFiles) files.set(path.endsWith("css") ? "cloudscape.css" : "cloudscape.js", () => text);
  const server = createServer((asked, answer) => {
    const name = asked.url?.slice(1) ?? "";
    const file = files.get(name);
    const type = TYPES[/** @type {keyof typeof TYPES} */ (name.split(".").pop())] ?? "text/plain";
    answer.writeHead(file ? 200 : 404, { "content-type": type }).end(file?.());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  const stop = () => new Promise((resolve) => server.close(resolve));
  return { origin: `http://127.0.0.1:${port}`, stop };
}
