// The three steps of the welcome: their names, whether each is done, and their texts.
import type { Account, App, Platform, Tunnel, Webhook } from "../bindings/api";
import { count, counted } from "../text/words";
import { hereWords } from "../tunnel/words";

export type StepName = "key" | "tunnel" | "webhook";

export const STEPS: readonly StepName[] = ["key", "tunnel", "webhook"];

export interface StepWords {
  name: StepName;
  label: string;
  /** The text below: its result, or its purpose. */
  about: string;
  done: boolean;
}

/** What decides whether the steps are done. */
export interface Known {
  accounts: readonly Account[];
  /** The apps of all accounts that have been read so far. */
  apps: readonly App[];
  tunnel: Tunnel | null;
  /** Whether "No tunnel" was chosen here: the engine can't tell that from no choice. */
  noTunnel: boolean;
  webhooks: readonly Webhook[];
  /** Whether a webhook was just created here, which may not be in the list yet. */
  created: boolean;
  platform: Platform | undefined;
}

export function stepsOf({
  accounts,
  apps,
  tunnel,
  noTunnel,
  webhooks,
  created,
  platform,
}: Known): StepWords[] {
  const up = tunnel?.tunnel.state === "up";
  const here = hereWords(platform);
  return [
    {
      name: "key",
      label: "Connect a key",
      about: accounts.length === 0 ? "To App Store Connect" : accountWords(accounts, apps),
      done: accounts.length > 0,
    },
    {
      name: "tunnel",
      label: "Set up a tunnel",
      about: up ? tunnel.name : noTunnel ? "No tunnel; events are fetched" : `So Apple can reach ${here}`,
      done: up || noTunnel,
    },
    {
      name: "webhook",
      label: "First webhook",
      about:
        webhooks.length === 0
          ? "Created and tested for you"
          : `${counted(webhooks.length, "webhook")} on ${here}`,
      done: webhooks.length > 0 || created,
    },
  ];
}

/** "Halden Software AB, 5 apps", "2 accounts, 12 apps" */
function accountWords(accounts: readonly Account[], apps: readonly App[]): string {
  const [first] = accounts;
  const who = accounts.length === 1 && first ? first.name : `${count(accounts.length)} accounts`;
  return apps.length === 0 ? who : `${who}, ${counted(apps.length, "app")}`;
}

/** The first step that is not done, or the last. */
export function firstOpen(steps: readonly StepWords[]): StepName {
  return steps.find(({ done }) => !done)?.name ?? "webhook";
}
