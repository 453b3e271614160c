// Splits a text at search matches, ignoring case.

export interface Piece {
  text: string;
  hit: boolean;
}

/** Matches the text literally, including special characters. */
export function patternOf(wanted: string): RegExp {
  return new RegExp(wanted.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "gi");
}

export function pieces(text: string, wanted: string): Piece[] {
  if (wanted === "") return [{ text, hit: false }];
  const pattern = patternOf(wanted);
  const split: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) split.push({ text: text.slice(end, match.index), hit: false });
    split.push({ text: match[0], hit: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) split.push({ text: text.slice(end), hit: false });
  return split;
}

export function hits(text: string, wanted: string): boolean {
  return text.toLowerCase().includes(wanted.toLowerCase());
}
