// Which webhooks reject deliveries because App Store Connect has another secret, wherever a room says so.
import type { WindowState } from "../state/windowState";
import type { Rotated } from "./secret/rotation.svelte";

/** Those whose secret was not rotated since, in App Store Connect or set up here only. */
export function secretMismatches({ accounts, apps, webhooks }: WindowState): Rotated[] {
  const wrong = webhooks.all.filter(
    ({ refused, previousSecretUntil }) => refused?.mismatch && previousSecretUntil === null,
  );
  return wrong.map((webhook) => {
    for (const { id: account } of accounts.all) {
      const there = apps.allOf(account).find(({ local }) => local === webhook.id);
      if (there) return { account, webhook: there };
    }
    return { account: null, webhook };
  });
}
