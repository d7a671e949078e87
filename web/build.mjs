// node build.mjs OUT: bundles everything into the one file OUT. `npm run check` checks the types.
import {readFile, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

import {build} from "esbuild";

const source = join(dirname(fileURLToPath(import.meta.url)), "src");

async function bundled(file) {
  const result = await build({
    entryPoints: [join(source, file)], bundle: true, minify: true, write: false, target: "es2020", charset: "ascii",
    legalComments: "eof", logLevel: "warning",
  });
  return result.outputFiles[0].text.trim();
}

/** Puts `text` where the marker stands; the template holds it exactly once. */
function put(template, marker, text) {
  const parts = template.split(marker);
  if (parts.length !== 2) throw new Error(`report.html holds ${marker} ${parts.length - 1} times: must be once`);
  return parts.join(text);
}

const out = process.argv[2];
if (!out) throw new Error("node build.mjs OUT: name the file to write");
let page = await readFile(join(source, "report.html"), "utf8");
page = put(page, "@STYLE@", await bundled("style.css"));
page = put(page, "@SCRIPT@", (await bundled("main.ts")).replaceAll("</script", "<\\/script"));
for (const marker of ["@PAGE_TITLE@", "@PAGE_DATA@"]) put(page, marker, "");
if (/[^\x00-\x7f]/.test(page)) throw new Error("the template must be plain ASCII: it becomes C++ literals");
await writeFile(out, page);
