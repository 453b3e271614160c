// Checks that installed apps will accept a file's signature: in minisign's format, which Tauri's updater reads
// (https://jedisct1.github.io/minisign/#signature-format), prehashed, with the version in the trusted comment.
import { createHash, createPublicKey, verify } from "node:crypto";

/** The DER prefix of a 32-byte Ed25519 public key. */
const ED25519 = Buffer.from("302a300506032b6570032100", "hex");
const PREHASHED = "ED";

/** The lines of a text that Tauri additionally encodes in base64. */
const unwrapped = (text) => Buffer.from(text.trim(), "base64").toString("utf8").split("\n");

/** The parts of a line: the algorithm's two letters, the key's id, and the rest. */
function parts(line = "") {
  const bytes = Buffer.from(line, "base64");
  return { algorithm: bytes.toString("latin1", 0, 2), id: bytes.toString("hex", 2, 10), rest: bytes.subarray(10) };
}

/** Reads the public half of a key, as `tauri signer generate` writes it. */
export function publicKey(text) {
  const { algorithm, id, rest } = parts(unwrapped(text)[1]);
  if (algorithm !== "Ed" || rest.length !== 32) throw new Error("the public key can't be read");
  return { id, key: createPublicKey({ key: Buffer.concat([ED25519, rest]), format: "der", type: "spki" }) };
}

/** What is wrong with a signature of these bytes for this version; nothing if it is valid. */
export function fault(bytes, signature, version, { id, key }) {
  const [, line, trusted = "", global = ""] = unwrapped(signature);
  const signed = parts(line);
  if (signed.algorithm !== PREHASHED || signed.rest.length !== 64) return "the signature can't be read";
  if (signed.id !== id) return "it was signed with another key";
  const digest = createHash("blake2b512").update(bytes).digest();
  if (!verify(null, digest, key, signed.rest)) return "the file is not what was signed";
  const comment = trusted.replace(/^trusted comment: /, "");
  const whole = Buffer.concat([signed.rest, Buffer.from(comment)]);
  if (!verify(null, whole, key, Buffer.from(global, "base64"))) return "the signature's comment was changed";
  if (!comment.split("\t").includes(`version:${version}`)) return `it was not signed for version ${version}`;
  return undefined;
}
