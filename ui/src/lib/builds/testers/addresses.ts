// Parses testers as people type or paste them: addresses with or without names, separated by lines or commas.
import type { NewTester } from "../../bindings/api";

/** "Ines Costa <ines@example.org>", with the name as a capture group. */
const NAMED = /^"?([^"<]*?)"?\s*<([^<>]+)>$/;
/** Good enough to catch typing errors; App Store Connect decides. */
const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/;

export interface Typed {
  testers: NewTester[];
  /** Whatever isn't an address. */
  wrong: string[];
}

export function typedTesters(text: string): Typed {
  const testers = new Map<string, NewTester>();
  const wrong: string[] = [];
  for (const piece of text.split(/[\n,;]+/)) {
    const trimmed = piece.trim();
    if (trimmed === "") continue;
    const [, name = "", within] = NAMED.exec(trimmed) ?? [];
    const email = (within ?? trimmed).trim();
    if (!ADDRESS.test(email)) wrong.push(trimmed);
    else if (!testers.has(email.toLowerCase())) testers.set(email.toLowerCase(), { email, ...names(name) });
  }
  return { testers: [...testers.values()], wrong };
}

/** The last word is the last name. */
function names(name: string): Pick<NewTester, "firstName" | "lastName"> {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const last = words.length > 1 ? (words.pop() ?? null) : null;
  return { firstName: words.join(" ") || null, lastName: last };
}
