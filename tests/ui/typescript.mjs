// Lets Node 20 run these tests directly: `node --import ./tests/ui/typescript.mjs --test FILE`. It strips the types,
// which `make check` checks. Packages come from the window's node_modules.
import { readFile } from "node:fs/promises";
import { createRequire, register } from "node:module";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";

const UI = new URL("../../ui/package.json", import.meta.url);

if (isMainThread) {
  process.setSourceMapsEnabled(true);
  register(import.meta.url);
}

export function resolve(specifier, context, next) {
  const isPackage = /^[a-z@]/.test(specifier) && !specifier.includes(":");
  return next(specifier, isPackage ? { ...context, parentURL: UI.href } : context);
}

export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const path = fileURLToPath(url);
  const { code, map, errors } = transform()(path, await readFile(path, "utf8"), { sourcemap: true });
  if (errors.length > 0) throw errors[0];
  const mapped = Buffer.from(JSON.stringify(map)).toString("base64");
  return {
    format: "module",
    shortCircuit: true,
    source: `${code}\n//# sourceMappingURL=data:application/json;base64,${mapped}`,
  };
}

let found;
/** The transformer of the window's bundler. */
function transform() {
  found ??= createRequire(UI)("rolldown/utils").transformSync;
  return found;
}
