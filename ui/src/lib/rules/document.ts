// A rule's document as the form changes it. A field is set, emptied or left alone; fields without a control are
// preserved, so that opening and saving a rule loses nothing.
import type { Action, ForwardFormat, Rule, When } from "../bindings/api";

type Union<T> = T extends unknown ? keyof T : never;
export type ActionKind = Union<Action>;
/** The content of an action of this kind. */
export type Body<K extends ActionKind> =
  Extract<Action, Record<K, unknown>> extends Record<K, infer B> ? B : never;

/** The kind of an action, or null if it is newer than this window. */
export function kindOf(action: Action): ActionKind | null {
  const [name] = Object.keys(action);
  return KINDS.find((kind) => kind === name) ?? null;
}

const KINDS: readonly ActionKind[] = [
  "notify",
  "silence",
  "archive",
  "remind",
  "run",
  "forward",
  "distribute",
  "issue",
];

/** The action's content, if it is of this kind. */
export function bodyOf<K extends ActionKind>(action: Action, kind: K): Body<K> | null {
  return kind in action ? (action as unknown as Record<K, Body<K>>)[kind] : null;
}

/** Returns a copy with one field changed. An empty text, an empty list or undefined removes the field. */
export function withField<T extends object, F extends keyof T>(of: T, field: F, value: T[F] | undefined): T {
  if (!isEmpty(value)) return { ...of, [field]: value };
  return Object.fromEntries(Object.entries(of).filter(([name]) => name !== field)) as T;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** The initial form of a new action. */
export function newAction(kind: ActionKind, as: ForwardFormat = "slack"): Action {
  switch (kind) {
    case "notify":
      return { notify: { breakThroughQuietHours: false } };
    case "silence":
      return { silence: {} };
    case "archive":
      return { archive: {} };
    case "remind":
      return { remind: { afterMinutes: 120 } };
    case "run":
      return { run: { command: [""], timeoutSeconds: 60 } };
    case "distribute":
      return { distribute: { groups: [], submit: false, notify: false } };
    case "issue":
      return { issue: { tracker: "" } };
    case "forward":
      return {
        forward: {
          as,
          ...(as === "template" ? { text: '{ "title": {{ event.title | tojson }} }' } : {}),
          allowPrivateNetwork: false,
        },
      };
  }
}

export function newRule(parts: Partial<Rule> = {}): Rule {
  return { name: "", enabled: true, when: {}, then: [newAction("notify")], stop: false, ...parts };
}

/** Whether two documents are equal, regardless of the order of their fields. */
export function isSameDocument(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Headers as a form shows them, one per line: "X-Team: birds". */
export function headerLines(headers: Record<string, string> | undefined): string {
  return Object.entries(headers ?? {})
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}

/** Parses such lines; null if one of them isn't a header. */
export function headersOf(lines: string): Record<string, string> | null {
  const headers: Record<string, string> = {};
  for (const line of lines.split("\n").filter((one) => one.trim() !== "")) {
    const at = line.indexOf(":");
    if (at < 1) return null;
    headers[line.slice(0, at).trim()] = line.slice(at + 1).trim();
  }
  return headers;
}

/** Whether it runs a command on this computer. */
export function hasCommand(rule: Rule): boolean {
  return rule.then.some((action) => kindOf(action) === "run");
}

/** The conditions that the form shows. */
export const WHEN_LISTS = [
  "types",
  "apps",
  "states",
  "importance",
] as const satisfies readonly (keyof When)[];
