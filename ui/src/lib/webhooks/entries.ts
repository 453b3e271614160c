// The rows of the Webhooks room: the apps of each account, and the webhooks that belong to no account.
import type { Account, AppWebhooks, Webhook } from "../bindings/api";
import type { AccountApps } from "./asc/apps.svelte";
import { matterOf, matterWords } from "./asc/words";
import type { Meaning } from "../components/meaning";
import { ago, exact } from "../text/time";
import { count, counted, sentence, title } from "../text/words";
import { lastWords, matter, matterWords as localMatterWords } from "./local/words";

/** Where the accounts were within this room once; the address leads to them in the settings. */
export const ACCOUNTS = "accounts";

export interface Entry {
  key: string;
  /** Where it leads within the room. */
  id: string;
  part: string | null;
  title: string;
  /** The second line: what it is, or what is wrong with it after the mark of that. */
  sub: string;
  subTitle: string;
  side: string;
  sideTitle: string;
  meaning: Meaning | null;
}

export interface Group {
  key: string;
  label: string;
  entries: Entry[];
  /** When its lines were read, where that was by an earlier window; else nothing. */
  aside: string;
  asideTitle: string;
  /** Its lines are still to come. */
  loading: boolean;
}

export function keyOf(id: string, part: string | null): string {
  return part === null ? id : `${id}/${part}`;
}

/** The apps of an account whose name, bundle ID or id has the words. */
export function accountGroup(account: Account, of: AccountApps, search: string, now: Date): Group {
  const wanted = search.trim().toLowerCase();
  const apps = of.apps.filter(({ id, name, bundleId }) =>
    `${name}\n${bundleId}\n${id}`.toLowerCase().includes(wanted),
  );
  return {
    key: account.id,
    label: account.name,
    entries: [
      ...troubleOf(account, of),
      ...apps.map((app) => {
        const webhooks = of.webhooks.get(app.id);
        return {
          key: keyOf(account.id, app.id),
          id: account.id,
          part: app.id,
          title: app.name,
          sub: matterWords(webhooks) || app.bundleId,
          subTitle: app.bundleId,
          side: countWords(webhooks),
          sideTitle: webhooks ? counted(webhooks.webhooks.length, "webhook") : "",
          meaning: matterOf(webhooks),
        };
      }),
    ],
    aside: of.keptAt === null ? "" : `Read ${ago(new Date(of.keptAt), now)}`,
    asideTitle: of.keptAt === null ? "" : exact(new Date(of.keptAt)),
    loading: !of.listed && of.error === null,
  };
}

/** Why an account can't be read, as a row that leads to where that is fixed. */
function troubleOf(account: Account, { error }: AccountApps): Entry[] {
  if (!error) return [];
  return [
    {
      key: `${account.id}-trouble`,
      id: ACCOUNTS,
      part: null,
      title: title(error.message),
      sub: sentence(error.hint),
      subTitle: sentence(error.hint),
      side: "",
      sideTitle: "",
      meaning: "needsYou",
    },
  ];
}

function countWords(of: AppWebhooks | undefined): string {
  if (!of || (of.trouble && of.webhooks.length === 0)) return "";
  return of.webhooks.length === 0 ? "None" : count(of.webhooks.length);
}

/** The webhooks of this computer that no app of an account is known to have. */
export function localGroup(webhooks: readonly Webhook[], label: string, search: string, now: Date): Group {
  const wanted = search.trim().toLowerCase();
  return {
    key: "local",
    label,
    entries: webhooks
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .map((webhook) => ({
        key: webhook.id,
        id: webhook.id,
        part: null,
        title: webhook.name,
        sub: localMatterWords(webhook) || lastWords(webhook, now),
        subTitle: lastWords(webhook, now),
        side: webhook.events === 0 ? "None" : count(webhook.events),
        sideTitle: counted(webhook.events, "event"),
        meaning: matter(webhook),
      })),
    aside: "",
    asideTitle: "",
    loading: false,
  };
}

/** Webhooks created here for an app are listed with that app; only those of no account, or of one that is gone, are left. */
export function withoutAccount(
  webhooks: readonly Webhook[],
  accounts: readonly Account[],
  of: (account: string) => AccountApps,
): Webhook[] {
  const linked = new Set(
    accounts.flatMap(({ id }) =>
      [...of(id).webhooks.values()].flatMap((one) => one.webhooks.map(({ local }) => local)),
    ),
  );
  const known = accounts.every(({ id }) => of(id).complete);
  return webhooks.filter((webhook) => !linked.has(webhook.id) && (webhook.origin !== "account" || known));
}
