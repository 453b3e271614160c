// A rule's commands, written out for a person to review before they can run.
import type { Rule } from "../../bindings/api";
import { bodyOf } from "../document";

/** One command per line. Any part that isn't a plain word is quoted, so that no part looks like two. */
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
