// What rules see of the fake engine's events, and a minimal evaluator of their expressions and templates: realistic
// enough for tests; wrong names are rejected with their position.
import type { RulePreview, When } from "../../../ui/src/lib/bindings/api.ts";
import type { EventChoices } from "../../../ui/src/lib/bindings/api.ts";
import type { FakeEvent } from "./events.ts";

/** The engine's explanations of why one event doesn't match, and why several don't. */
const REASONS = {
  type: ["has a different type", "have a different type"],
  app: ["is about a different app", "are about a different app"],
  state: ["is about a different state", "are about a different state"],
  importance: ["has a different importance", "have a different importance"],
  condition: ["doesn’t meet the condition", "don’t meet the condition"],
} as const;

/** The explanation for one event, as a sentence. */
export const EXPLAINED: Record<keyof typeof REASONS, string> = {
  type: "The event has a different type.",
  app: "The event is about a different app.",
  state: "The event is about a different state.",
  importance: "The event has a different importance.",
  condition: "The condition is false.",
};

export const NAMES = [
  { path: "event.title", meaning: "what happened, in a few words", example: "Upload failed" },
  { path: "event.body", meaning: "what happened, in a sentence", example: "Apple rejected build 418." },
  { path: "event.kind", meaning: "version, build, upload, screenshot, crash, …", example: "crash" },
  { path: "event.late", meaning: "whether it was fetched late", example: "false" },
  { path: "app.id", meaning: "the app’s ID in App Store Connect", example: "6479283016" },
  { path: "app.name", meaning: "the app’s name", example: "Backyard Birds" },
  { path: "version.string", meaning: "the version as people see it", example: "3.3" },
  { path: "build.number", meaning: "the build number, as text", example: "418" },
  { path: "feedback.comment", meaning: "the tester’s words", example: "The list jumps." },
  { path: "feedback.device", meaning: "the tester’s device", example: "iPhone 17" },
  { path: "links.hookbell", meaning: "opens the event in Hookbell", example: "hookbell://event/f3b1c9a2" },
];

export function factsOf({ row, detail }: FakeEvent): Record<string, string> {
  const words = `${row.title} ${row.subtitle}`;
  const part = (pattern: RegExp) => pattern.exec(words)?.[1] ?? "";
  return {
    "event.title": row.title,
    "event.body": detail.sentence,
    "event.kind": row.kind,
    "event.late": "",
    "app.id": row.app?.id ?? "",
    "app.name": row.app?.name ?? "",
    "version.string": part(/(\d+\.\d+(?:\.\d+)?)/),
    "build.number": part(/(?:\(|Build )(\d{3,})/),
    "feedback.comment": part(/“([^”]*)”/),
    "feedback.device": part(/ on (iPhone \w+|iPad \w+)/),
    "links.hookbell": `hookbell://event/${row.id}`,
  };
}

/** Fills in a template, or reports what is wrong with it and where. */
export function rendered(
  template: string,
  facts: Record<string, string>,
): { text: string; error: string | null } {
  let error: string | null = null;
  const text = template.replaceAll(
    /\{\{\s*([\w.]+)\s*(?:\|\s*(\w+)(?:\((\d+)\))?)?\s*\}\}/g,
    (_, path, filter, most) => {
      const value = facts[path];
      if (value === undefined) {
        const column = template.indexOf(path) + 1;
        error ??= `unknown name “${path}” at column ${column}`;
        return "";
      }
      if (filter === "truncate" && value.length > Number(most)) return `${value.slice(0, Number(most))}…`;
      return filter === "tojson" ? JSON.stringify(value) : value;
    },
  );
  return { text, error };
}

/** Evaluates an expression: conditions joined by "and", in the forms that the tests use. */
function isTrue(expression: string, facts: Record<string, string>): boolean {
  return expression.split(" and ").every((condition) => {
    const [, above, than] = /^([\w.]+) \| int > (\d+)$/.exec(condition.trim()) ?? [];
    if (above) return Number(facts[above] || 0) > Number(than);
    const [, same, as] = /^([\w.]+) == "([^"]*)"$/.exec(condition.trim()) ?? [];
    return same ? facts[same] === as : Boolean(facts[condition.trim()]);
  });
}

/** What is wrong with an expression, if anything. */
export function expressionError(expression: string): string | null {
  for (const [name = ""] of expression.matchAll(/[a-z]+(?:\.[a-z]+)+|\bsecret\b/gi))
    if (!NAMES.some(({ path }) => path === name))
      return `unknown name “${name}” at column ${expression.indexOf(name) + 1}`;
  return null;
}

/** Why an event doesn't match, or null if it does. */
export function mismatch(when: When, event: FakeEvent, choices: EventChoices): keyof typeof REASONS | null {
  const { row, detail } = event;
  const plain = (text: string) => text.replaceAll("_", "").toLowerCase();
  if (when.types?.length && !when.types.some((type) => plain(type) === detail.typeName?.toLowerCase()))
    return "type";
  if (when.apps?.length && !when.apps.includes(row.app?.id ?? "")) return "app";
  const states = choices.types.flatMap((type) => type.states);
  const labels = when.states?.map((state) => states.find((one) => one.state === state)?.label ?? state);
  if (labels?.length && !labels.some((label) => label.toLowerCase() === detail.after?.toLowerCase()))
    return "state";
  if (when.importance?.length && !when.importance.includes(row.importance)) return "importance";
  return when.if && !isTrue(when.if, factsOf(event)) ? "condition" : null;
}

/** How often each reason excluded an event, most frequent first. */
export function countedReasons(reasons: (keyof typeof REASONS)[]): RulePreview["others"] {
  return Object.entries(REASONS)
    .map(([key, [ofOne, ofMore]]) => {
      const count = reasons.filter((one) => one === key).length;
      return { reason: count === 1 ? ofOne : ofMore, count };
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}
