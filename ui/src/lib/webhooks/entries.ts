// The rows of the Webhooks room: each account's apps, and the webhooks without an account.
import type { Account, AppWebhooks, Webhook } from "../bindings/api";
import type { AccountApps } from "./asc/apps.svelte";
import { matterOf, matterWords } from "./asc/words";
import type { Meaning } from "../components/meaning";
import { ago, exact } from "../text/time";
import { count, counted, sentence, title } from "../text/words";
import { lastWords, matter, matterWords as localMatterWords } from "./local/words";

/** Where the accounts used to be in this room; the address now leads to the settings. */
export const ACCOUNTS = "accounts";

export interface Entry {
  key: string;
  /** Its address within the room. */
  id: string;
  part: string | null;
  title: string;
  /** The second line: a description, or the problem after its mark. */
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
  /** When its rows were read, if an earlier window read them; otherwise empty. */
  aside: string;
  asideTitle: string;
  /** Its rows are still loading. */
  loading: boolean;
}

export function keyOf(id: string, part: string | null): string {
  return part === null ? id : `${id}/${part}`;
}

/** An account's apps whose name, bundle ID or id contains the search words. */
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

/** Why an account can't be read, as a row that leads to the fix. */
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

/** This computer's webhooks that no app of any account is known to have. */
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

/**
 * Webhooks created here for an app are listed with that app; this leaves those without an account, or whose account is
 * gone.
 */
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
