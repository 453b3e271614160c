// Which webhooks reject deliveries because App Store Connect has another secret, and how any room asks to rotate it.
import { createContext } from "svelte";
import { addressOf } from "../state/route.svelte";
import type { WindowState } from "../state/windowState";
import type { Rotated } from "./secret/rotation.svelte";

/** Those whose secret was not rotated since, in App Store Connect or set up here only. */
export function wrongSecrets({ accounts, apps, webhooks }: WindowState): Rotated[] {
  const wrong = webhooks.all.filter(
    ({ refused, previousSecretUntil }) => refused?.mismatch && previousSecretUntil === null,
  );
  return wrong.map((webhook) => rotatedOf({ accounts, apps }, webhook));
}

/** A webhook with its account, if it is linked to one. */
function rotatedOf(
  { accounts, apps }: Pick<WindowState, "accounts" | "apps">,
  webhook: WindowState["webhooks"]["all"][number],
): Rotated {
  for (const { id: account } of accounts.all) {
    const there = apps.allOf(account).find(({ local }) => local === webhook.id);
    if (there) return { account, webhook: there };
  }
  return { account: null, webhook };
}

/** The address of a webhook, as the engine writes it beside what is wrong with its secret. */
export function addressOfRotated(of: Rotated): string {
  return of.account === null
    ? addressOf("webhooks", of.webhook.id)
    : addressOf("webhooks", of.account, of.webhook.app);
}

/** What a banner needs to rotate what is wrong, from the window around it. */
export const [wrongSecretsHere, offerWrongSecrets] =
  createContext<() => { wrong: Rotated[]; rotate: (of: Rotated) => void }>();
