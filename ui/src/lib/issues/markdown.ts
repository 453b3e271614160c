// Renders an issue's text before it is filed: only the few Markdown constructs that Hookbell itself writes. Anything
// else in it, such as a person's own template, is shown as plain text. Nothing becomes HTML.

export type Block =
  | { kind: "quote"; lines: string[] }
  | { kind: "facts"; facts: { label: string; value: string }[] }
  | { kind: "code"; text: string }
  | { kind: "text"; text: string };

const FENCE = /^(`{3,}|~{3,})/;
const QUOTE = /^> ?/;
const FACT = /^- \*\*(.+?):\*\* (.*)$/;

/** The blocks of a text, from its top. */
export function blocksOf(markdown: string): Block[] {
  const lines = markdown.split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? "";
    const fence = FENCE.exec(line)?.[1];
    if (fence !== undefined) {
      const end = lines.findIndex((other, place) => place > at && other.trim() === fence);
      const to = end === -1 ? lines.length : end;
      blocks.push({ kind: "code", text: lines.slice(at + 1, to).join("\n") });
      at = to + 1;
      continue;
    }
    const like = QUOTE.test(line) ? QUOTE : FACT.test(line) ? FACT : null;
    const rest = lines.slice(at);
    const count = like ? rest.findIndex((other) => !like.test(other)) : rest.findIndex(isBoundary);
    const run = rest.slice(0, count === -1 ? rest.length : Math.max(1, count));
    if (like === QUOTE)
      blocks.push({ kind: "quote", lines: run.map((one) => plain(one.replace(QUOTE, "").trimEnd())) });
    else if (like === FACT) blocks.push({ kind: "facts", facts: run.map(factOf) });
    else if (line.trim() !== "") blocks.push({ kind: "text", text: run.map(plain).join("\n") });
    at += run.length;
  }
  return blocks;
}

function isBoundary(line: string, at: number): boolean {
  return line.trim() === "" || (at > 0 && (FENCE.test(line) || QUOTE.test(line) || FACT.test(line)));
}

function factOf(line: string): { label: string; value: string } {
  const [, label = "", value = ""] = FACT.exec(line) ?? [];
  return { label: plain(label), value: plain(value) };
}

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&" };

/** Text without Markdown syntax: escapes, link addresses, asterisks and backticks. */
function plain(text: string): string {
  return text
    .replace(/\[((?:\\.|[^\]\\])*)\]\([^)]*\)/g, "$1")
    .replace(/^\*\*(.*)\*\*$/, "$1")
    .replace(/^`([^`]*)`$/, "$1")
    .replace(/\u200b/g, "")
    .replace(/\\([!-/:-@[-`{-~])|&(lt|gt|amp);/g, (_, escaped: string | undefined, name: string) =>
      escaped === undefined ? (ENTITIES[name] ?? "") : escaped,
    );
}
