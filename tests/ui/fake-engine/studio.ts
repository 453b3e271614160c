// Data for the fake engine's App Store Connect: healthy accounts, apps, webhooks and deliveries, and the two accounts
// in the design.
import type { Account, App, AppWebhook, Delivery, LastDelivery } from "../../../ui/src/lib/bindings/api.ts";
import { NOW } from "./events.ts";

const MINUTE = 60_000;
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
export const ago = (minutes: number) => new Date(+NOW - minutes * MINUTE).toISOString();

/** A healthy team key; the given parts replace its own. */
export function account(parts: Pick<Account, "id" | "name"> & Partial<Account>): Account {
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

/** A webhook that arrives here and whose last delivery succeeded. */
export function hook(parts: Pick<AppWebhook, "id" | "name"> & Partial<AppWebhook>): AppWebhook {
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
      means: "The server accepted it.",
      hint: "",
      signature: null,
    },
    failed: 0,
    trouble: null,
    ...parts,
  };
}

/** A webhook that somebody else created. */
export const foreign = (parts: Pick<AppWebhook, "id" | "name"> & Partial<AppWebhook>) =>
  hook({ local: null, here: false, ...parts });

export function delivery(parts: Pick<Delivery, "id"> & Partial<Delivery>): Delivery {
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
    means: "The server accepted it.",
    hint: "",
    payload: JSON.stringify({ data: { type: "ping", id: parts.id } }, null, 2),
    ...parts,
  };
}

/** The two accounts in the design. */
export function studio() {
  const failed: LastDelivery = {
    state: "failed",
    at: ago(70),
    status: 500,
    means: "The server failed (5xx). Apple doesn’t retry.",
    hint: "Fix the server, then redeliver.",
    signature: null,
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
        app("a2", "Fieldnotes: Offline Maps & Tracks for Hikers", "se.halden.fieldnotes"),
        app("a3", "Tidewater for iPad", "se.halden.tidewater.ipad"),
        app("a4", "Kväll", "se.halden.kvall"),
      ],
      northwind: [
        app("b1", "Northwind Field Service", "com.northwind.fieldservice"),
        app("b2", "Northwind Warehouse Scanner Companion", "com.northwind.labs.warehouse.scanner"),
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
          means: "The server accepted it.",
          hint: "",
          signature: null,
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
      ...Array.from({ length: 10 }, (_, at) => foreign({ id: `f${at}`, name: `Scanner ${at}`, app: "b2" })),
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
        error: "The server answered with an error",
        means: "The server failed (5xx). Apple doesn’t retry.",
        hint: "Fix the server, then redeliver.",
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
