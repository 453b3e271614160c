// Colours JSON. It splits text into pieces whose joined text is the text itself, and never fails: what is
// not JSON comes back as plain pieces. It does not parse; the engine has already said whether it is JSON.

/** A key, a string, a number, a word (true, false, null), or anything else. */
export type PieceKind = "key" | "string" | "number" | "word" | "plain";
export interface Piece {
  kind: PieceKind;
  text: string;
}

/** Above this many characters the text stays uncoloured, as a page of so many elements would be slow. */
export const COLOUR_LIMIT = 200_000;

// A string, a number, a word. A string may lack its closing quote, where a payload was cut: what is matched
// is never looked at twice, so the time is linear in the text's length.
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

/** A string is a key when a colon follows it. */
function isKey(text: string, end: number): boolean {
  let at = end;
  while (" \t\r\n".includes(text.charAt(at)) && at < text.length) at += 1;
  return text.charAt(at) === ":";
}
