// The fake engine's App Store Connect: accounts with apps, webhooks and deliveries, and its commands.
import type {
  AddAccountRequest,
  App,
  AppWebhooks,
  Delivery,
  KeptApps,
  KeyFileReply,
  RedeliveryProgress,
  RedeliveryResult,
} from "../../../ui/src/lib/bindings/api.ts";
import { type Answers, refusal } from "./answers.ts";
import type { FakeEngine } from "./engine.ts";
import { nothing } from "./deletion.ts";
import { NOW } from "./events.ts";

import { account, ago, delivery, foreign, hook } from "./studio.ts";

const MOST = 10;
/** The state of a wrong secret after rotating it. */
const ROTATED = {
  means: "Secret rotated. No delivery has been verified since.",
  hint: "Send a test to verify the new secret.",
  signature: "rotated",
} as const;
const gone = (what: string) =>
  refusal("notFound", `there is no such ${what}`, "it may have been deleted; check the list");

/** A healthy team key; the given parts replace its own. */
const accountOf = (engine: FakeEngine, id: string | null) => {
  const found = engine.accounts.find((one) => one.id === id);
  if (!found) throw gone("account");
  return found;
};
const appsOf = (engine: FakeEngine, id: string | null) => engine.apps[accountOf(engine, id).id];
const hookOf = (engine: FakeEngine, id: string) => {
  const found = engine.hooks.find((one) => one.id === id);
  if (!found) throw gone("webhook");
  return found;
};
const appWebhooks = (engine: FakeEngine, account: string | null, of: App): AppWebhooks => ({
  account,
  app: of,
  webhooks: engine.hooks.filter((one) => one.app === of.id),
  most: MOST,
  readAt: NOW.toISOString(),
  trouble: null,
});
/** The key ID and issuer ID in every JSON file. */
export const JSON_KEY = "7QK2M8WPT5";
export const JSON_ISSUER = "69a6de70-03db-47e3-e053-5b8c7c11a4d1";
/** What an account would show at the next start if it had been read this many minutes before. */
export function keptOf(engine: FakeEngine, id: string, minutes: number): KeptApps {
  const readAt = ago(minutes);
  const webhooks = engine.apps[id].map((one) => ({
    ...appWebhooks(engine, id, one),
    readAt,
  }));
  return { apps: engine.apps[id], readAt, webhooks };
}
/** The content of a key file, derived from its name: the fake engine reads no files. */
function keyFileOf(path: string): KeyFileReply {
  const [, kind, id = null] = /(AuthKey|ApiKey)_(\w+)\./.exec(path) ?? [];
  if (path.includes("certificate"))
    throw refusal(
      "invalidInput",
      "this file has a certificate, not a key",
      "choose the AuthKey_….p8 file from App Store Connect",
      "keyFile",
    );
  if (path.endsWith(".json")) return { keyId: JSON_KEY, issuerId: JSON_ISSUER, isIndividual: false };
  if (!/\.p8(\.txt)?$/i.test(path))
    throw refusal(
      "invalidInput",
      "this is not a private key",
      "choose the AuthKey_….p8 file you downloaded from App Store Connect",
      "keyFile",
    );
  return { keyId: id, issuerId: null, isIndividual: kind === "ApiKey" };
}
function checkKey({ keyFile, keyId, issuerId }: Pick<AddAccountRequest, "keyFile" | "keyId" | "issuerId">) {
  const found = keyFileOf(keyFile);
  if (found.isIndividual && issuerId)
    throw refusal(
      "invalidInput",
      "this is an individual key, which has no issuer ID",
      "choose Individual key, or choose the file of a team key",
      "issuerId",
    );
  const named = keyId ?? found.keyId;
  if (!named)
    throw refusal(
      "invalidInput",
      "the file name doesn’t contain the key ID",
      "copy it from App Store Connect",
      "keyId",
    );
  if (issuerId?.startsWith("0000"))
    throw refusal(
      "keyRefused",
      "App Store Connect doesn’t accept the key; the issuer ID may belong to another team",
      "check both in Users and Access → Integrations",
      "issuerId",
    );
  return named;
}
/** Redelivers these, the last of the log first, with a push for each. */
async function redeliverSeveral(engine: FakeEngine, chosen: Delivery[]): Promise<RedeliveryProgress> {
  const progress: RedeliveryProgress = {
    total: chosen.length,
    accepted: 0,
    refused: 0,
    arrived: 0,
    failed: 0,
    done: false,
    stopped: false,
    trouble: null,
    results: [],
  };
  const tell = (results: RedeliveryResult[] = []) =>
    engine.push({ kind: "redelivery", progress: { ...progress, results } });
  const results: RedeliveryResult[] = [];
  tell();
  if (engine.slow) {
    await new Promise<void>((stop) => (engine.stopRedelivery = stop));
    progress.stopped = true;
  } else {
    for (const one of chosen.toReversed()) {
      one.madeGood = one.state === "failed";
      progress.accepted += 1;
      progress.arrived += 1;
      results.push({ delivery: one.id, outcome: "arrived", trouble: null });
      tell(results.slice(-1));
    }
  }
  progress.done = true;
  tell();
  return { ...progress, results };
}
const isOpen = (one: Delivery) => one.state === "failed" && !one.madeGood;

/** Each is called with the fake engine as `this`. */
export const ascCommands = {
  accounts() {
    return this.accounts;
  },
  keyFile({ path }) {
    return keyFileOf(path);
  },
  addAccount({ name, ...key }) {
    const keyId = checkKey(key);
    const added = account({
      id: `acc${this.accounts.length + 1}`,
      name: name ?? `Key ${keyId}`,
      keyId,
      issuerId: key.issuerId,
      webhooks: 0,
      ...(key.baseUrl && { baseUrl: key.baseUrl }),
    });
    this.accounts = [...this.accounts, added];
    this.apps[added.id] ??= [];
    return added;
  },
  renameAccount({ id, name }) {
    accountOf(this, id).name = name;
    return accountOf(this, id);
  },
  replaceKey({ id, ...key }) {
    return Object.assign(accountOf(this, id), {
      keyId: checkKey(key),
      issuerId: key.issuerId,
    });
  },
  checkAccount({ id }) {
    return { apps: appsOf(this, id).length, trouble: null };
  },
  accountRemoval({ id }) {
    const { name, keyId } = accountOf(this, id);
    return {
      name,
      webhooks: ["Studio Mac"],
      received: this.received ?? nothing(),
      sentence: `The key ${keyId} is removed from your keychain. Its webhook stays in App Store Connect and keeps sending here, but you can’t manage it in Hookbell.`,
    };
  },
  removeAccount({ id }) {
    this.accounts = this.accounts.filter((one) => one.id !== id);
    return null;
  },
  openAscPage() {
    return null;
  },
  apps({ account: id }) {
    return appsOf(this, id);
  },
  keptApps({ account: id }) {
    return this.kept[id] ?? { apps: [], readAt: null, webhooks: [] };
  },
  accountWebhooks({ account: id }) {
    return appsOf(this, id).map((one) => appWebhooks(this, id, one));
  },
  appWebhooks({ account: id, app: wanted }) {
    const of = appsOf(this, id).find((one) => one.id === wanted);
    if (!of) throw gone("app");
    return appWebhooks(this, id, of);
  },
  createAppWebhook({ app: of, name, url, eventTypes, enabled }) {
    if (url && this.hooks.some((one) => one.app === of && one.url === url))
      throw refusal(
        "appleRefused",
        "App Store Connect rejected this: “Another webhook of this app has this URL.”",
        "change it and try again",
        "url",
      );
    const made = (url ? foreign : hook)({
      id: `n${this.hooks.length + 1}`,
      app: of,
      name,
      ...(url && { url }),
      eventTypes,
      enabled,
      last: null,
    });
    this.hooks = [...this.hooks, made];
    return made;
  },
  updateAppWebhook({ id, name, url, here, eventTypes, enabled, newSecret }) {
    const changed = hookOf(this, id);
    const given = Object.entries({ name, url, eventTypes, enabled });
    Object.assign(changed, Object.fromEntries(given.filter(([, value]) => value !== null)));
    if (here)
      Object.assign(changed, {
        here: true,
        moved: false,
        local: changed.local ?? `l-${id}`,
        url: `https://hooks.halden.example/hooks/${id}`,
      });
    if (newSecret) {
      changed.previousSecretUntil = "2026-11-21T14:40:00Z";
      if (changed.last?.signature === "mismatch") Object.assign(changed.last, ROTATED);
    }
    return changed;
  },
  deleteAppWebhook({ id }) {
    this.hooks = this.hooks.filter((one) => one.id !== id);
    return null;
  },
  pingAppWebhook({ id }) {
    const pinged = hookOf(this, id);
    const { enabled } = pinged;
    if (enabled && pinged.last?.signature === "rotated")
      pinged.last = { ...pinged.last, state: "succeeded", status: 200, means: "", hint: "", signature: null };
    return enabled
      ? {
          outcome: "arrived",
          milliseconds: 412,
          seq: this.events[0]?.row.seq ?? null,
          headline: "Ping arrived in 412 ms, signature verified.",
          hint: "",
          delivery: null,
        }
      : {
          outcome: "disabled",
          milliseconds: null,
          seq: null,
          headline: "This webhook is disabled, so no ping was sent.",
          hint: "Enable it, then test it again.",
          delivery: null,
        };
  },
  deliveries({ account: id, webhook }) {
    const own = new Set(appsOf(this, id).map((one) => one.id));
    const deliveries = this.deliveries.filter(
      (one) => own.has(one.app) && (webhook === null || one.webhook === webhook),
    );
    return {
      deliveries,
      failed: deliveries.filter(isOpen).length,
      troubles: [],
    };
  },
  redeliver({ delivery: id }) {
    const of = this.deliveries.find((one) => one.id === id);
    if (!of) throw gone("delivery");
    const again = delivery({
      ...of,
      id: `${id}-again`,
      redelivery: true,
      state: "pending",
      status: null,
      createdAt: NOW.toISOString(),
      sentAt: null,
    });
    this.deliveries = [again, ...this.deliveries];
    return { delivery: again.id };
  },
  redeliverFailed({ webhook }) {
    return redeliverSeveral(
      this,
      this.deliveries.filter((one) => isOpen(one) && (webhook === null || one.webhook === webhook)),
    );
  },
  redeliverChosen({ deliveries }) {
    const ids = deliveries.map(({ delivery: id }) => id);
    return redeliverSeveral(
      this,
      this.deliveries.filter(({ id }) => ids.includes(id)),
    );
  },
  stopRedelivery() {
    this.stopRedelivery?.();
    return null;
  },
} satisfies Partial<Answers>;
