// The commands of a rule, as a person reads them before they are allowed to run.
import type { Rule } from "../../bindings/api";
import { bodyOf } from "../document";

/** Each command on a line of its own. A part that isn't one plain word is quoted, so that no part passes for two. */
export function commandsOf({ then }: Rule): string[] {
  return then.flatMap((action) => {
    const run = bodyOf(action, "run");
    return run ? [commandWords(run.command)] : [];
  });
}

export function commandWords(command: readonly string[]): string {
  return command.map(quoted).join(" ");
}

function quoted(part: string): string {
  return /^[\w@%+=:,./\\~-]+$/.test(part) ? part : JSON.stringify(part);
}
