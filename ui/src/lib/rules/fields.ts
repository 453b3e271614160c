// Where the form shows the engine's message about a field of a rule: at the field's control, or at the nearest
// enclosing part of the form.

const WHEN = new Set(["types", "apps", "states", "importance", "if", "late"]);
const OF_ACTION: Record<string, readonly string[]> = {
  notify: ["title", "body", "link"],
  remind: ["afterMinutes", "title", "body"],
  run: ["command", "cwd", "timeoutSeconds"],
  forward: ["address", "text", "headers"],
  distribute: ["groups", "whatToTest", "locale"],
  issue: ["tracker", "title", "labels"],
};
/** Fields of a document that share a control. */
const ONE_CONTROL: Record<string, string> = { url: "address", destination: "address", as: "address" };

/** The form's place for a field such as `then[0].notify.title` or `when.types[2]`; "" for the form itself. */
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
