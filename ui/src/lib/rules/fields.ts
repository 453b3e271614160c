// Where the form shows what the engine says of a field of a rule: at the control of that field, or at the nearest part of
// the form that holds it.

const WHEN = new Set(["types", "apps", "states", "importance", "if", "late"]);
const OF_ACTION: Record<string, readonly string[]> = {
  notify: ["title", "body", "link"],
  remind: ["afterMinutes", "title", "body"],
  run: ["command", "cwd", "timeoutSeconds"],
  forward: ["address", "text", "headers"],
  distribute: ["groups", "whatToTest", "locale"],
};
/** Two fields of a document that are one control. */
const ONE_CONTROL: Record<string, string> = { url: "address", destination: "address", as: "address" };

/** The place in the form of a field such as `then[0].notify.title` or `when.types[2]`; "" for the form itself. */
export function placeOf(field: string | null): string {
  if (field === null) return "";
  if (field === "name") return field;
  const [, condition] = /^when\.(\w+)/.exec(field) ?? [];
  if (condition !== undefined) return WHEN.has(condition) ? `when.${condition}` : "when";
  if (field.startsWith("when")) return "when";
  const [, action, kind = "", part = ""] = /^then\[(\d+)\](?:\.(\w+))?(?:\.(\w+))?/.exec(field) ?? [];
  if (action === undefined) return field.startsWith("then") ? "then" : "";
  const control = ONE_CONTROL[part] ?? part;
  return OF_ACTION[kind]?.includes(control) ? `then[${action}].${kind}.${control}` : `then[${action}]`;
}
