// Scores how well typed letters match a text, and which letters match. Letters must be in order, and a gap may only
// lead to the start of a word or stay within the current word, so that matches make sense to the eye: "red" matches
// "Redeliver", "Rejected" and "Release dashboard", but not "In review, delayed".

export interface Hit {
  /** Higher is better; comparable only for the same typed words. */
  score: number;
  /** Every word matched as a whole, from the start of a word. */
  whole: boolean;
  /** The matched characters, as indices into `signsOf(text)`. */
  at: readonly number[];
}

/** How many characters of a text are searched. */
const LONGEST = 240;
const FIRST_OF_ALL = 10;
const FIRST_OF_WORD = 7;
const NEXT = 6;
const IN_WORD = 2;
const INSIDE = 1;
/** The penalty for each character before the match or left over. */
const LEFT_OVER = 0.02;

export function signsOf(text: string): string[] {
  return Array.from(text).slice(0, LONGEST);
}

/** Lowercase and without accents; empty for a combining character. */
function folded(sign: string): string {
  if (sign >= " " && sign <= "~") return sign.toLowerCase();
  return sign.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

/** The typed words, each a list of characters. */
function wordsOf(typed: string): string[][] {
  return typed
    .split(/\s+/u)
    .map((word) => signsOf(word).map(folded).filter(Boolean))
    .filter((word) => word.length > 0);
}

interface Text {
  signs: string[];
  /** For each character, where its word begins. */
  starts: number[];
}

function prepared(text: string): Text {
  const raw = signsOf(text);
  let start = 0;
  const starts = raw.map((sign, at) => {
    if (at > 0 && beginsWord(raw[at - 1] ?? "", sign)) start = at;
    return start;
  });
  return { signs: raw.map(folded), starts };
}

function beginsWord(before: string, sign: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(sign)) return false;
  if (!/[\p{L}\p{N}\p{M}’']/u.test(before)) return true;
  return (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(sign)) || /\p{N}/u.test(before) !== /\p{N}/u.test(sign);
}

/** The score of one word along its best path through the text. */
function fit(word: readonly string[], { signs, starts }: Text): Hit | null {
  let scores = new Array<number>(signs.length).fill(Number.NEGATIVE_INFINITY);
  /** For each letter of the word, the position of the letter before it. */
  const from: number[][] = [];
  word.forEach((letter, nth) => {
    const now = new Array<number>(signs.length).fill(Number.NEGATIVE_INFINITY);
    const back = new Array<number>(signs.length).fill(-1);
    let before = -1;
    signs.forEach((sign, at) => {
      if (at > 0 && (before < 0 || (scores[at - 1] ?? 0) > (scores[before] ?? 0))) before = at - 1;
      if (sign !== letter) return;
      const isStart = starts[at] === at;
      if (nth === 0) {
        if (isStart) now[at] = (at === 0 ? FIRST_OF_ALL : FIRST_OF_WORD) - at * LEFT_OVER;
        return;
      }
      const offer = (score: number, place: number) => {
        if (score > (now[at] ?? 0)) [now[at], back[at]] = [score, place];
      };
      for (let place = starts[at] ?? at; place < at; place += 1)
        offer((scores[place] ?? 0) + (place === at - 1 ? NEXT : IN_WORD), place);
      if (at > 0) offer((scores[at - 1] ?? 0) + NEXT, at - 1);
      if (isStart && before >= 0) offer((scores[before] ?? 0) + FIRST_OF_WORD - 1, before);
    });
    from.push(back);
    scores = now;
  });
  const end = scores.reduce((best, score, at) => (score > (scores[best] ?? 0) ? at : best), 0);
  const score = scores[end] ?? Number.NEGATIVE_INFINITY;
  if (score === Number.NEGATIVE_INFINITY) return inside(word, signs);
  const at = [end];
  for (let nth = word.length - 1; nth > 0; nth -= 1) at.unshift(from[nth]?.[at[0] ?? 0] ?? 0);
  const whole = (at.at(-1) ?? 0) - (at[0] ?? 0) === word.length - 1;
  return { score, whole, at };
}

/** Shorter words aren't matched inside a word. */
const ENOUGH = 3;

/** Matches inside a word, where only the whole typed word counts: "yard" in "Backyard". */
function inside(word: readonly string[], signs: readonly string[]): Hit | null {
  if (word.length < ENOUGH) return null;
  const first = signs.findIndex((_, at) => word.every((letter, nth) => signs[at + nth] === letter));
  if (first < 0) return null;
  return { score: word.length * INSIDE, whole: false, at: word.map((_, nth) => first + nth) };
}

/**
 * How well the typed words match a name, or text next to it that isn't highlighted. Each word must match one of the
 * two; otherwise null.
 */
export function hit(typed: string, name: string, also = ""): Hit | null {
  const text = prepared(name);
  const beside = also === "" ? null : prepared(also);
  const found: Hit = { score: -text.signs.length * LEFT_OVER, whole: true, at: [] };
  const at = new Set<number>();
  for (const word of wordsOf(typed)) {
    const own = fit(word, text);
    const other = own || !beside ? null : fit(word, beside);
    const best = own ?? (other?.whole ? other : null);
    if (!best) return null;
    found.score += own ? best.score : best.score / 2;
    found.whole &&= best.whole;
    if (own) for (const place of own.at) at.add(place);
  }
  return { ...found, at: [...at].sort((a, b) => a - b) };
}

/** Splits a text into matched pieces and those between them. */
export function piecesOf(text: string, at: readonly number[]): { text: string; hit: boolean }[] {
  const found = new Set(at);
  const pieces: { text: string; hit: boolean }[] = [];
  Array.from(text).forEach((sign, place) => {
    const isHit = found.has(place);
    const last = pieces.at(-1);
    if (last?.hit === isHit) last.text += sign;
    else pieces.push({ text: sign, hit: isHit });
  });
  return pieces;
}
