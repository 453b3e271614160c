// Webhooks that reject deliveries because App Store Connect has another secret, and a way for any room to rotate it.
import { createContext } from "svelte";
import { addressOf } from "../state/route.svelte";
import type { WindowState } from "../state/windowState";
import type { Rotated } from "./secret/rotation.svelte";

/** Those whose secret has not been rotated since, in App Store Connect or only here. */
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

/** The address of a webhook, as the engine writes it in a problem with its secret. */
export function addressOfRotated(of: Rotated): string {
  return of.account === null
    ? addressOf("webhooks", of.webhook.id)
    : addressOf("webhooks", of.account, of.webhook.app);
}

/** Provides the banner with what it needs to rotate a wrong secret. */
export const [wrongSecretsHere, offerWrongSecrets] =
  createContext<() => { wrong: Rotated[]; rotate: (of: Rotated) => void }>();
