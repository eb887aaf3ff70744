// Bundles the widget: `node build.mjs [FOLDER]` writes widget.js (the loader) and panel.js into FOLDER, by default ../static.
// The same sources and lock file give the same bytes; a test compares them with the committed files.

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const FOLDER = process.argv[2] ?? join(HERE, "../static");

/** Style sheets become strings: the widget adopts them, so that no page needs to allow inline styles. */
const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

async function bundle(entry, format, define) {
  const { outputFiles } = await build({
    absWorkingDir: HERE,
    entryPoints: [`src/${entry}.ts`],
    bundle: true,
    minify: true,
    charset: "utf8",
    legalComments: "none",
    target: "es2022",
    format,
    define,
    plugins: [styles],
    write: false,
  });
  return outputFiles[0].contents;
}

const panel = await bundle("panel", "esm", {});
const version = createHash("sha256").update(panel).digest("hex").slice(0, 12);
const loader = await bundle("loader", "iife", { PANEL: JSON.stringify(`/static/panel.js?v=${version}`) });
await mkdir(FOLDER, { recursive: true });
await writeFile(join(FOLDER, "panel.js"), panel);
await writeFile(join(FOLDER, "widget.js"), loader);
