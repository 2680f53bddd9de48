// Bundles what the pages bring from others: node build.mjs FOLDER
// It writes one file a bundle, named by its content so that browsers may keep it for ever, manifest.json (name → file)
// and LICENCES.txt with the licence of every package whose code stands in a bundle.
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { build } from "esbuild";

const BUNDLES = { editor: "editor/main.js" };
const folder = process.argv[2];
if (!folder) throw new Error("node build.mjs FOLDER");

const result = await build({
  entryPoints: BUNDLES,
  outdir: folder,
  entryNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  charset: "utf8",
  legalComments: "none", // they stand in LICENCES.txt
  metafile: true,
  write: false,
});

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const manifest = {};
for (const [path, output] of Object.entries(result.metafile.outputs)) {
  if (!output.entryPoint) continue;
  const name = Object.keys(BUNDLES).find((key) => BUNDLES[key] === output.entryPoint);
  manifest[`${name}.js`] = path.split("/").at(-1);
}
for (const file of result.outputFiles) await writeFile(join(folder, file.path.split(sep).at(-1)), file.contents);
await writeFile(join(folder, "LICENCES.txt"), await licences(result.metafile));
await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest) + "\n"); // last: with it the folder is whole

/** The licence texts of the packages that a bundle holds; a package without one ends the build. */
async function licences(metafile) {
  const names = new Set();
  for (const output of Object.values(metafile.outputs))
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (found && bytesInOutput) names.add(found[1]);
    }
  const texts = [];
  for (const name of [...names].sort()) {
    const home = join("node_modules", name);
    const about = JSON.parse(await readFile(join(home, "package.json"), "utf8"));
    const file = (await readdir(home)).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file || !about.license) throw new Error(`${name} brings no licence`);
    texts.push(`${name} ${about.version} (${about.license})\n\n${(await readFile(join(home, file), "utf8")).trim()}\n`);
  }
  return texts.join("\n" + "-".repeat(80) + "\n\n");
}
