// The webhooks a command can apply to: those in App Store Connect, and those that exist only on this computer. The one
// open in the window comes first.
import type { WindowState } from "../state/windowState";
import { withoutAccount } from "../webhooks/entries";
import { wrongSecrets } from "../webhooks/wrongSecrets";
import type { Choice } from "./command";

/** Webhooks without an account, created here or by a command. */
export function localOnes({ webhooks, accounts, apps }: WindowState) {
  return withoutAccount(webhooks.all, accounts.all, (id) => apps.account(id));
}

/** Webhooks in App Store Connect, with the names of their accounts and apps. */
export function ascOnes({ accounts, apps }: WindowState) {
  return accounts.all.flatMap((account) =>
    apps.allOf(account.id).map((webhook) => {
      const app = apps.app(account.id, webhook.app);
      return { account, app, webhook, side: app?.name ?? account.name };
    }),
  );
}

const HERE = "This computer";

function openFirst(app: WindowState, choices: readonly (Choice & { open: boolean })[]): Choice[] {
  return [...choices].sort((a, b) => Number(b.open) - Number(a.open));
}
function isOpen({ route }: WindowState, id: string, part: string | null): boolean {
  const { place } = route;
  return place.room === "webhooks" && place.id === id && place.part === part;
}

/** Each option goes to the webhook, which shows the result. */
export function testable(app: WindowState): Choice[] {
  return openFirst(app, [
    ...ascOnes(app).map(({ account, webhook, side }) => ({
      key: `${account.id}/${webhook.id}`,
      name: webhook.name,
      side,
      open: isOpen(app, account.id, webhook.app),
      doing: {
        run: () => {
          app.route.go("webhooks", account.id, webhook.app);
          void app.test(account.id, webhook);
        },
      },
    })),
    ...localOnes(app)
      .filter(({ origin }) => origin !== "command")
      .map(({ id, name }) => ({
        key: id,
        name,
        side: HERE,
        open: isOpen(app, id, null),
        doing: {
          run: () => {
            app.route.go("webhooks", id);
            void app.testing.send(id);
          },
        },
      })),
  ]);
}

/** Only webhooks that lead to this computer have an address known here. */
export function copyable(app: WindowState): Choice[] {
  const copied = (local: string) => ({
    tell: async () => {
      await app.webhooks.copyPayloadUrl(local);
      return "Payload URL copied.";
    },
  });
  return openFirst(app, [
    ...ascOnes(app).flatMap(({ account, webhook, side }) =>
      webhook.local === null
        ? []
        : {
            key: `${account.id}/${webhook.id}`,
            name: webhook.name,
            side,
            open: isOpen(app, account.id, webhook.app),
            doing: copied(webhook.local),
          },
    ),
    ...localOnes(app).flatMap(({ id, name, payloadUrl }) =>
      payloadUrl === null
        ? []
        : { key: id, name, side: HERE, open: isOpen(app, id, null), doing: copied(id) },
    ),
  ]);
}

/** Those with a wrong secret come first. The sheet opens over any room. */
export function rotatable(app: WindowState): Choice[] {
  const wrong = new Set(wrongSecrets(app).map(({ webhook }) => webhook.id));
  const choices = [
    ...ascOnes(app).map(({ account, webhook, side }) => ({
      key: `${account.id}/${webhook.id}`,
      name: webhook.name,
      side: wrong.has(webhook.id) ? `Secret mismatch · ${side}` : side,
      open: wrong.has(webhook.id) || isOpen(app, account.id, webhook.app),
      doing: { run: () => app.rotation.ask({ account: account.id, webhook }) },
    })),
    ...localOnes(app)
      .filter(({ origin }) => origin !== "command")
      .map((webhook) => ({
        key: webhook.id,
        name: webhook.name,
        side: wrong.has(webhook.id) ? `Secret mismatch · ${HERE}` : HERE,
        open: wrong.has(webhook.id) || isOpen(app, webhook.id, null),
        doing: { run: () => app.rotation.ask({ account: null, webhook }) },
      })),
  ];
  return openFirst(app, choices);
}
