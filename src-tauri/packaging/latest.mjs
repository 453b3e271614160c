// Generates latest.json for the updater: `node latest.mjs DIR VERSION URL KEY` verifies the signatures in DIR with the
// public key in the file KEY and prints latest.json. URL is the base address of the release's files.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { fault, publicKey } from "./signatures.mjs";

/** File extensions, with the updater's name for the platform whose installed package the file replaces. */
const PLATFORMS = [
  [/_amd64\.deb$/, "linux-x86_64-deb"],
  [/_arm64\.deb$/, "linux-aarch64-deb"],
  [/\.x86_64\.rpm$/, "linux-x86_64-rpm"],
  [/\.aarch64\.rpm$/, "linux-aarch64-rpm"],
  [/_amd64\.AppImage$/, "linux-x86_64-appimage"],
  [/_aarch64\.AppImage$/, "linux-aarch64-appimage"],
  [/_aarch64\.app\.tar\.gz$/, "darwin-aarch64"],
  [/_x86_64\.app\.tar\.gz$/, "darwin-x86_64"],
  [/_x64_[\w-]+\.msi$/, "windows-x86_64-msi"],
];

function stop(words) {
  console.error(`latest.mjs: ${words}`);
  process.exit(1);
}

const [dir, version, url, keyFile] = process.argv.slice(2);
if (!keyFile) stop("usage: node latest.mjs DIR VERSION URL KEY");
const key = publicKey(readFileSync(keyFile, "utf8"));
const platforms = {};
for (const name of readdirSync(dir).sort()) {
  if (!name.endsWith(".sig")) continue;
  const file = name.slice(0, -".sig".length);
  const [, platform] = PLATFORMS.find(([ending]) => ending.test(file)) ?? [];
  if (!platform) stop(`there is no platform for ${file}: add it to PLATFORMS`);
  // The updater takes the first match, so two files for one platform are a build error.
  if (platforms[platform]) stop(`two files are for ${platform}, ${file} is one of them`);
  const signature = readFileSync(join(dir, name), "utf8").trim();
  const wrong = fault(readFileSync(join(dir, file)), signature, version, key);
  if (wrong) stop(`${file}: ${wrong}`);
  platforms[platform] = { signature, url: `${url}/${encodeURIComponent(file)}` };
}
if (Object.keys(platforms).length === 0) stop(`${dir} has no signatures`);
console.log(JSON.stringify({ version, platforms }, null, 2));
