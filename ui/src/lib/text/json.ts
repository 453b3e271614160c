// Colours JSON. It splits text into pieces that join to the original text, and never fails: anything but JSON becomes
// plain pieces. It does not parse; the engine has already said whether it is JSON.

/** A key, a string, a number, a word (true, false, null), or anything else. */
export type PieceKind = "key" | "string" | "number" | "word" | "plain";
export interface Piece {
  kind: PieceKind;
  text: string;
}

/** Longer texts (in characters) stay uncoloured, because a page with that many elements would be slow. */
export const COLOUR_LIMIT = 200_000;

// A string, a number, a word. A string may lack its closing quote if a payload was truncated. Nothing matched is
// scanned twice, so the time is linear in the text's length.
const TOKEN = /"(?:[^"\\\n]|\\.)*"?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g;

export function jsonPieces(text: string): Piece[] {
  if (text.length > COLOUR_LIMIT) return [{ kind: "plain", text }];
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > end) pieces.push({ kind: "plain", text: text.slice(end, match.index) });
    end = match.index + match[0].length;
    pieces.push({ kind: kindOf(match[0], text, end), text: match[0] });
  }
  if (end < text.length) pieces.push({ kind: "plain", text: text.slice(end) });
  return pieces;
}

function kindOf(token: string, text: string, end: number): PieceKind {
  if (token.startsWith('"')) return isKey(text, end) ? "key" : "string";
  return /^[-\d]/.test(token) ? "number" : "word";
}

/** A string followed by a colon is a key. */
function isKey(text: string, end: number): boolean {
  let at = end;
  while (" \t\r\n".includes(text.charAt(at)) && at < text.length) at += 1;
  return text.charAt(at) === ":";
}
