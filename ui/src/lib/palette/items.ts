// The lines of the palette: commands, events, webhooks, apps and accounts in one form.
import type { EventRow } from "../bindings/api";
import type { Meaning } from "../components/meaning";
import type { WindowState } from "../state/windowState";
import { shortTime } from "../text/time";
import { ACCOUNTS } from "../webhooks/entries";
import { isPossible, keysOf, type Choice, type Command, type Doing } from "./command";
import { ascOnes, localOnes } from "./webhookChoices";

/** The icon or mark at the start of a line. */
export type Lead = { icon: Command["icon"] } | { meaning: Meaning };

export interface Item {
  key: string;
  name: string;
  lead: Lead;
  /** Words that are searched besides the name. */
  also: string;
  /** Secondary text next to the name, and at the far end. */
  aside: string;
  side: string;
  /** How long ago it was, after that. */
  when: string;
  keys: string | null;
  doing: Doing;
}

const PLAIN = { also: "", aside: "", side: "", when: "", keys: null };

export function commandItems(commands: readonly Command[], app: WindowState): Item[] {
  return commands
    .filter((command) => isPossible(command, app))
    .map((command) => ({
      ...PLAIN,
      key: `command-${command.id}`,
      name: command.name,
      lead: { icon: command.icon },
      also: command.also ?? "",
      aside: command.aside?.(app) ?? "",
      keys: keysOf(command)[0] ?? null,
      doing: command,
    }));
}

export function eventItem(row: EventRow, now: Date): Item {
  const [where = ""] = row.subtitle.split(" · ");
  return {
    ...PLAIN,
    key: `event-${row.seq}`,
    name: row.title,
    lead: { meaning: row.importance },
    also: row.subtitle,
    side: where,
    // A getter, so that only visible lines pay for it: formatting a time costs more than matching a word.
    get when() {
      return shortTime(new Date(row.receivedAt), now);
    },
    doing: { run: ({ app }) => app.route.go("inbox", row.seq) },
  };
}

export function webhookItems(app: WindowState, icon: Command["icon"]): Item[] {
  const lead = { icon };
  return [
    ...ascOnes(app).map(({ account, webhook, side }) => ({
      ...PLAIN,
      key: `webhook-${account.id}/${webhook.id}`,
      name: webhook.name,
      lead,
      also: side,
      side,
      doing: { run: () => app.route.go("webhooks", account.id, webhook.app) },
    })),
    ...localOnes(app).map(({ id, name }) => ({
      ...PLAIN,
      key: `webhook-${id}`,
      name,
      lead,
      side: "This computer",
      doing: { run: () => app.route.go("webhooks", id) },
    })),
  ];
}

export function appItems({ accounts, apps, route }: WindowState, icon: Command["icon"]): Item[] {
  return accounts.all.flatMap((account) =>
    apps.account(account.id).apps.map(({ id, name, bundleId }) => ({
      ...PLAIN,
      key: `app-${account.id}/${id}`,
      name,
      lead: { icon },
      also: `${bundleId} ${account.name} ${id}`,
      side: accounts.all.length > 1 ? account.name : bundleId,
      doing: { run: () => route.go("webhooks", account.id, id) },
    })),
  );
}

export function accountItems({ accounts, route }: WindowState, icon: Command["icon"]): Item[] {
  return accounts.all.map(({ id, name, keyId }) => ({
    ...PLAIN,
    key: `account-${id}`,
    name,
    lead: { icon },
    also: keyId,
    side: `Key ${keyId}`,
    doing: { run: () => route.go("webhooks", ACCOUNTS) },
  }));
}

export function choiceItems(choices: readonly Choice[], icon: Command["icon"]): Item[] {
  return choices.map(({ key, name, side, doing }) => ({
    ...PLAIN,
    key: `choice-${key}`,
    name,
    lead: { icon },
    also: side,
    side,
    doing,
  }));
}
