// The App Store Connect of the fake engine: accounts with apps, webhooks and deliveries, and what can be asked of them.
import type {
  Account,
  AddAccountRequest,
  App,
  AppWebhook,
  AppWebhooks,
  Delivery,
  KeptApps,
  KeyFileReply,
  LastDelivery,
  RedeliveryProgress,
} from "../../../ui/src/lib/bindings/api.ts";
import { type Answers, refusal } from "./answers.ts";
import type { FakeEngine } from "./engine.ts";
import { nothing } from "./deletion.ts";
import { NOW } from "./events.ts";

const MINUTE = 60_000;
const MOST = 10;
export const ALL_TYPES = [
  "APP_STORE_VERSION_APP_VERSION_STATE_UPDATED",
  "BUILD_UPLOAD_STATE_UPDATED",
  "BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED",
  "BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED",
  "BETA_FEEDBACK_CRASH_SUBMISSION_CREATED",
  "BACKGROUND_ASSET_VERSION_STATE_UPDATED",
  "BACKGROUND_ASSET_VERSION_INTERNAL_BETA_RELEASE_CREATED",
  "BACKGROUND_ASSET_VERSION_EXTERNAL_BETA_RELEASE_STATE_UPDATED",
  "BACKGROUND_ASSET_VERSION_APP_STORE_RELEASE_STATE_UPDATED",
  "ALTERNATIVE_DISTRIBUTION_PACKAGE_AVAILABLE_UPDATED",
  "ALTERNATIVE_DISTRIBUTION_PACKAGE_VERSION_CREATED",
  "ALTERNATIVE_DISTRIBUTION_TERRITORY_AVAILABILITY_UPDATED",
];
const ago = (minutes: number) =>
  new Date(+NOW - minutes * MINUTE).toISOString();
const gone = (what: string) =>
  refusal(
    "notFound",
    `this ${what} is not here any more`,
    "it may have been removed elsewhere",
  );

/** A team key in good order; whatever is given replaces its parts. */
export function account(
  parts: Pick<Account, "id" | "name"> & Partial<Account>,
): Account {
  return {
    keyId: "2X9R4HXF34",
    issuerId: "57246542-96fe-1a63-e053-0824d011072a",
    baseUrl: "https://api.appstoreconnect.apple.com/",
    createdAt: "2026-10-03T09:12:00Z",
    webhooks: 2,
    rateLimit: { limit: 3600, remaining: 2150, at: ago(1) },
    ...parts,
  };
}

export function app(id: string, name: string, bundleId: string): App {
  return { id, name, bundleId };
}

/** A webhook that arrives here and whose last delivery went well. */
export function hook(
  parts: Pick<AppWebhook, "id" | "name"> & Partial<AppWebhook>,
): AppWebhook {
  return {
    app: "a1",
    url: `https://hooks.halden.example/hooks/8f3kQ2mVx7Yp${parts.id}Zt`,
    enabled: true,
    eventTypes: ALL_TYPES,
    local: `l-${parts.id}`,
    here: true,
    moved: false,
    previousSecretUntil: null,
    last: {
      state: "succeeded",
      at: ago(4),
      status: 200,
      means: "it was taken",
      hint: "",
    },
    failed: 0,
    trouble: null,
    ...parts,
  };
}

/** A webhook of somebody else. */
export const foreign = (
  parts: Pick<AppWebhook, "id" | "name"> & Partial<AppWebhook>,
) => hook({ local: null, here: false, ...parts });

export function delivery(
  parts: Pick<Delivery, "id"> & Partial<Delivery>,
): Delivery {
  return {
    webhook: "h1",
    webhookName: "Studio Mac",
    app: "a1",
    appName: "Backyard Birds",
    state: "succeeded",
    latest: true,
    madeGood: false,
    redelivery: false,
    event: `e-${parts.id}`,
    eventType: ALL_TYPES[0],
    title: "Rejected: 3.2 needs changes",
    seq: null,
    createdAt: ago(5),
    sentAt: ago(4),
    url: "https://hooks.halden.example/hooks/8f3kQ2mVx7Yph1Zt",
    status: 200,
    response: null,
    error: null,
    means: "the receiver took it",
    hint: "",
    payload: JSON.stringify({ data: { type: "ping", id: parts.id } }, null, 2),
    ...parts,
  };
}

/** Two accounts as the design draws them. */
export function studio() {
  const failed: LastDelivery = {
    state: "failed",
    at: ago(70),
    status: 500,
    means: "the receiver answered 500",
    hint: "look at its own log; Apple does not try again by itself",
  };
  return {
    accounts: [
      account({ id: "halden", name: "Halden Software AB" }),
      account({
        id: "northwind",
        name: "Northwind Labs (client)",
        keyId: "7QK1M0ZB2C",
        issuerId: null,
        webhooks: 0,
        rateLimit: { limit: 3600, remaining: 3412, at: ago(1) },
      }),
    ],
    apps: {
      halden: [
        app("a1", "Backyard Birds", "se.halden.backyardbirds"),
        app(
          "a2",
          "Fieldnotes: Offline Maps & Tracks for Hikers",
          "se.halden.fieldnotes",
        ),
        app("a3", "Tidewater for iPad", "se.halden.tidewater.ipad"),
        app("a4", "Kväll", "se.halden.kvall"),
      ],
      northwind: [
        app("b1", "Northwind Field Service", "com.northwind.fieldservice"),
        app(
          "b2",
          "Northwind Warehouse Scanner Companion",
          "com.northwind.labs.warehouse.scanner",
        ),
      ],
    },
    hooks: [
      hook({ id: "h1", name: "Studio Mac" }),
      foreign({
        id: "h2",
        name: "Zapier to Slack",
        url: "https://hooks.zapier.example/hooks/catch/1184/b3x9",
        eventTypes: [ALL_TYPES[0], ALL_TYPES[3], ALL_TYPES[4]],
        last: failed,
        failed: 2,
      }),
      hook({
        id: "h3",
        name: "Ana’s MacBook",
        url: "https://calm-otter-19.trycloudflare.example/hooks/77Ql9aaB",
        here: false,
        moved: true,
        eventTypes: [ALL_TYPES[2], ALL_TYPES[1]],
      }),
      foreign({
        id: "h4",
        name: "Buildkite",
        url: "https://ci.halden.example/apple",
        eventTypes: ALL_TYPES.slice(0, 5),
        last: {
          state: "succeeded",
          at: ago(27 * 60),
          status: 200,
          means: "it was taken",
          hint: "",
        },
      }),
      foreign({
        id: "h5",
        name: "Old release bot",
        url: "https://bots.halden.example/release-announcer/v1/app-store-connect",
        enabled: false,
        eventTypes: [ALL_TYPES[0]],
        last: null,
      }),
      hook({ id: "h6", name: "Studio Mac", app: "a2" }),
      hook({ id: "h7", name: "Studio Mac", app: "b1" }),
      ...Array.from({ length: 10 }, (_, at) =>
        foreign({ id: `f${at}`, name: `Scanner ${at}`, app: "b2" }),
      ),
    ],
    deliveries: [
      delivery({ id: "d1", redelivery: true, seq: 12 }),
      delivery({
        id: "d2",
        state: "failed",
        madeGood: true,
        createdAt: ago(6),
        sentAt: ago(6),
        status: null,
        error: "Could not connect to the server",
        means: "nobody answered",
        hint: "it arrived on a later attempt",
      }),
      delivery({
        id: "d3",
        state: "failed",
        webhook: "h2",
        webhookName: "Zapier to Slack",
        title: "Screenshot feedback from Mira Okafor",
        eventType: ALL_TYPES[3],
        createdAt: ago(22),
        sentAt: ago(22),
        url: "https://hooks.zapier.example/hooks/catch/1184/b3x9",
        status: 500,
        response:
          "<html><body><h1>Internal Server Error</h1>\n<p>Zap 1184 is paused: task limit reached</p></body></html>",
        error: "The receiver answered with an error",
        means: "the receiver broke, not the webhook",
        hint: "look at its own log; Apple does not try again by itself",
      }),
      delivery({
        id: "d4",
        title: "Crash in 3.3 on iPhone 17",
        eventType: ALL_TYPES[4],
        createdAt: ago(41),
        sentAt: ago(41),
      }),
      delivery({
        id: "d5",
        state: "pending",
        redelivery: true,
        title: "Crash in 3.3 on iPhone 17",
        eventType: ALL_TYPES[4],
        createdAt: ago(42),
        sentAt: null,
        status: null,
        means: "it is on its way",
      }),
      delivery({
        id: "d6",
        state: "failed",
        webhook: "h2",
        webhookName: "Zapier to Slack",
        title: "On the App Store",
        createdAt: ago(22 * 60),
        sentAt: ago(22 * 60),
        status: 404,
        means: "there is nothing at this address",
        hint: "compare the payload URL with the receiver’s",
      }),
      delivery({
        id: "d7",
        title: "Ping",
        eventType: null,
        createdAt: ago(3 * 24 * 60),
        sentAt: ago(3 * 24 * 60),
      }),
    ],
  };
}

const accountOf = (engine: FakeEngine, id: string | null) => {
  const found = engine.accounts.find((one) => one.id === id);
  if (!found) throw gone("account");
  return found;
};
const appsOf = (engine: FakeEngine, id: string | null) =>
  engine.apps[accountOf(engine, id).id];
const hookOf = (engine: FakeEngine, id: string) => {
  const found = engine.hooks.find((one) => one.id === id);
  if (!found) throw gone("webhook");
  return found;
};
const appWebhooks = (
  engine: FakeEngine,
  account: string | null,
  of: App,
): AppWebhooks => ({
  account,
  app: of,
  webhooks: engine.hooks.filter((one) => one.app === of.id),
  most: MOST,
  readAt: NOW.toISOString(),
  trouble: null,
});
/** The key ID and the issuer ID in every JSON file. */
export const JSON_KEY = "7QK2M8WPT5";
export const JSON_ISSUER = "69a6de70-03db-47e3-e053-5b8c7c11a4d1";
/** What an account would show at the next start, had it been read so many minutes before. */
export function keptOf(
  engine: FakeEngine,
  id: string,
  minutes: number,
): KeptApps {
  const readAt = ago(minutes);
  const webhooks = engine.apps[id].map((one) => ({
    ...appWebhooks(engine, id, one),
    readAt,
  }));
  return { apps: engine.apps[id], readAt, webhooks };
}
/** What a file tells, by its name alone: the fake engine reads none. */
function keyFileOf(path: string): KeyFileReply {
  const [, kind, id = null] = /(AuthKey|ApiKey)_(\w+)\./.exec(path) ?? [];
  if (path.includes("certificate"))
    throw refusal(
      "invalidInput",
      "this file has a certificate, not a key",
      "choose the AuthKey_….p8 file from App Store Connect",
      "keyFile",
    );
  if (path.endsWith(".json"))
    return { keyId: JSON_KEY, issuerId: JSON_ISSUER, isIndividual: false };
  if (!/\.p8(\.txt)?$/i.test(path))
    throw refusal(
      "invalidInput",
      "this is not a private key",
      "choose the AuthKey_….p8 file that App Store Connect offered for download",
      "keyFile",
    );
  return { keyId: id, issuerId: null, isIndividual: kind === "ApiKey" };
}
function checkKey({
  keyFile,
  keyId,
  issuerId,
}: Pick<AddAccountRequest, "keyFile" | "keyId" | "issuerId">) {
  const found = keyFileOf(keyFile);
  if (found.isIndividual && issuerId)
    throw refusal(
      "invalidInput",
      "this file has an individual key, and an individual key has no issuer ID",
      "leave the issuer ID out, or choose the file of the team key",
      "issuerId",
    );
  const named = keyId ?? found.keyId;
  if (!named)
    throw refusal(
      "invalidInput",
      "the file’s name does not tell the key ID",
      "enter it; it stands beside the key in App Store Connect",
      "keyId",
    );
  if (issuerId?.startsWith("0000"))
    throw refusal(
      "keyRefused",
      "App Store Connect does not know this issuer ID",
      "copy it again from above the list of keys",
      "issuerId",
    );
  return named;
}
const isOpen = (one: Delivery) => one.state === "failed" && !one.madeGood;

/** Each is called with the fake engine as `this`. */
export const appleCommands = {
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
      sentence: `The key ${keyId} is taken out of the keychain. Its webhook stays in App Store Connect and goes on arriving here, but can’t be managed from here.`,
    };
  },
  removeAccount({ id }) {
    this.accounts = this.accounts.filter((one) => one.id !== id);
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
        "Apple refused this: “Another webhook of this app has this URL.”",
        "change it, and try again",
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
    Object.assign(
      changed,
      Object.fromEntries(given.filter(([, value]) => value !== null)),
    );
    if (here)
      Object.assign(changed, {
        here: true,
        moved: false,
        local: changed.local ?? `l-${id}`,
        url: `https://hooks.halden.example/hooks/${id}`,
      });
    if (newSecret) changed.previousSecretUntil = "2026-11-21T14:40:00Z";
    return changed;
  },
  deleteAppWebhook({ id }) {
    this.hooks = this.hooks.filter((one) => one.id !== id);
    return null;
  },
  pingAppWebhook({ id }) {
    const { enabled } = hookOf(this, id);
    return enabled
      ? {
          outcome: "arrived",
          milliseconds: 412,
          seq: this.events[0]?.row.seq ?? null,
          headline: "the ping arrived in 412 ms, signature good",
          hint: "",
          delivery: null,
        }
      : {
          outcome: "disabled",
          milliseconds: null,
          seq: null,
          headline: "the webhook is switched off, so nothing was sent",
          hint: "switch it on, then test again",
          delivery: null,
        };
  },
  deliveries({ account: id, webhook }) {
    const own = new Set(appsOf(this, id).map((one) => one.id));
    const deliveries = this.deliveries.filter(
      (one) =>
        own.has(one.app) && (webhook === null || one.webhook === webhook),
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
  async redeliverFailed({ webhook }) {
    const failed = this.deliveries.filter(
      (one) => isOpen(one) && (webhook === null || one.webhook === webhook),
    );
    const progress: RedeliveryProgress = {
      total: failed.length,
      accepted: 0,
      refused: 0,
      arrived: 0,
      failed: 0,
      done: false,
      stopped: false,
      trouble: null,
    };
    const tell = () => this.push({ kind: "redelivery", progress });
    tell();
    if (this.slow) {
      await new Promise<void>((stop) => (this.stopRedelivery = stop));
      progress.stopped = true;
    } else {
      for (const one of failed) {
        one.madeGood = true;
        progress.accepted += 1;
        progress.arrived += 1;
        tell();
      }
    }
    progress.done = true;
    tell();
    return progress;
  },
  stopRedelivery() {
    this.stopRedelivery?.();
    return null;
  },
} satisfies Partial<Answers>;
