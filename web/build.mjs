// Writes web/static from web/src and the packages in package-lock.json: `npm ci --ignore-scripts && node build.mjs`.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const built = (...parts) => join(here, "static", ...parts);

const vendored = {
  "bpmn-viewer.js": "bpmn-js/dist/bpmn-navigated-viewer.production.min.js",
  "bpmn-js.css": "bpmn-js/dist/assets/bpmn-js.css",
  "diagram-js.css": "bpmn-js/dist/assets/diagram-js.css",
  "bpmn-js-licence.txt": "bpmn-js/LICENSE",
  "govuk-frontend.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
};

// First of all: a failed compilation throws, and what was built before stays.
const style = sass.compile(join(here, "src", "frontdoor.scss"), {
  loadPaths: [here], // the packages' own sheets import each other as node_modules/…
  style: "compressed",
  quietDeps: true,
});

for (const folder of ["css", "js", "vendor", "assets"]) {
  rmSync(built(folder), { recursive: true, force: true });
  mkdirSync(built(folder), { recursive: true });
}

writeFileSync(built("css", "frontdoor.css"), style.css);

for (const [name, source] of Object.entries(vendored)) {
  cpSync(join(modules, source), built("vendor", name));
}
for (const script of readdirSync(join(here, "src")).filter((name) => name.endsWith(".js"))) {
  cpSync(join(here, "src", script), built("js", script));
}
cpSync(join(here, "src", "icon.svg"), built("assets", "icon.svg"));
