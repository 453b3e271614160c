// Every room with unusual names: very long ones, right-to-left ones, emoji.
import type { Scenario } from "./scenario.ts";
import type { LastDelivery } from "../../ui/src/lib/bindings/api.ts";
import { account, app, delivery, foreign, hook } from "./fake-engine/studio.ts";
import { crashReport } from "./fake-engine/crash-report.ts";
import { FakeEngine, webhook } from "./fake-engine/engine.ts";
import { event, NOW } from "./fake-engine/events.ts";
import { crashLog, feedback, picture } from "./fake-engine/feedback.ts";
import { LONG } from "./fake-engine/odd.ts";
import { before, stray, up, withTunnel } from "./fake-engine/tunnel.ts";

const MINUTE = 60_000;

interface Tongue {
  company: string;
  app: string;
  machine: string;
  person: string;
  headline: string;
  comment: string;
  path: string;
}

/** Possible names given by people and by Apple. */
const TONGUES: Record<string, Tongue> = {
  long: {
    company: LONG,
    app: LONG,
    machine: LONG,
    person: `${"Maximiliane-".repeat(6)}von Hohenfels`,
    headline: `${LONG} ${"x".repeat(120)}`,
    comment: `${LONG}\n\n${"x".repeat(300)}\n${LONG}`,
    path: "p".repeat(280),
  },
  rtl: {
    company: "אולפני הלדן בע״מ",
    app: "طيور الحديقة",
    machine: "מחשב הסטודיו (iMac)",
    person: "ליאת בן־דוד",
    headline: "تم الرفض: الإصدار 3.2 يحتاج إلى تغييرات",
    comment: "הכפתור „שמור” מוסתר מאחורי המקלדת. iPhone 15 Pro, iOS 27.\nزر الحفظ مخفي!",
    path: "שלום",
  },
  emoji: {
    company: "🦜 Halden 👩🏽‍💻👩‍👩‍👧‍👦 AB 🇸🇪",
    app: "🐦🐦‍⬛ Birds 3️⃣",
    machine: "🖥️ Studio Mac ✨",
    person: "Mira 🙋🏾‍♀️",
    headline: "🚫 Rejected: 3.2 needs changes 🧑‍🎨",
    comment: "🔥🔥🔥 The save button 💾 is behind the ⌨️ 😭",
    path: "%F0%9F%A6%9C",
  },
};

function engineOf({ company, app: name, machine, person, ...texts }: Tongue) {
  const { headline, comment, path } = texts;
  const url = `https://hooks.halden.example/${path}`;
  const refused: LastDelivery = {
    state: "failed",
    at: before(5 * MINUTE),
    status: 500,
    means: headline,
    hint: comment,
    signature: null,
  };
  const from: Partial<Parameters<typeof feedback>[0]> = {
    app: ["a1", name],
    build: ["b1", "3.3", "418"],
    tester: person,
  };
  return new FakeEngine({
    ...withTunnel(
      up({
        strays: [stray({ name: machine }), stray({ local: "l-2", name })],
        news: [{ at: before(MINUTE), kind: "down", text: headline, count: 0 }],
      }),
    ),
    accounts: [
      account({ id: "odd", name: company }),
      account({ id: "empty", name: machine, issuerId: null }),
    ],
    apps: { odd: [app("a1", name, `se.halden.${path}`)], empty: [] },
    hooks: [
      hook({ id: "h1", name: machine, url }),
      foreign({ id: "h2", name: headline, url, last: refused, failed: 1204 }),
    ],
    deliveries: [
      delivery({
        id: "d1",
        state: "failed",
        title: headline,
        appName: name,
        webhookName: machine,
        url,
        status: 500,
        error: comment,
        means: comment,
        response: comment,
        payload: JSON.stringify({ note: comment }, null, 2),
      }),
      delivery({ id: "d2", title: headline, appName: name, redelivery: true }),
    ],
    webhooks: [
      webhook({
        id: "w1",
        name: machine,
        last: { seq: 1, title: headline, at: before(MINUTE) },
      }),
    ],
    events: [
      event({
        seq: 1,
        title: headline,
        subtitle: `${name} · ${person}`,
        sentence: comment,
        before: headline,
        after: machine,
        at: +NOW - MINUTE,
      }),
    ],
    feedback: [
      feedback({
        ...from,
        id: "F1",
        minutes: 12,
        comment,
        device: machine,
        pictures: [picture("keyboard")],
      }),
      feedback({
        ...from,
        id: "F2",
        minutes: 20,
        kind: "crash",
        title: headline,
        comment,
        report: crashReport({ headline, messages: [comment] }),
        log: crashLog("life-list.ips"),
      }),
    ],
  });
}

/** Where names appear, and what is opened there. */
const ROOMS: (Pick<Scenario, "at" | "act"> & { room: string })[] = [
  { room: "inbox", at: "#/inbox/1" },
  { room: "feedback", at: "#/feedback/F1" },
  { room: "crash", at: "#/feedback/F2" },
  { room: "accounts", at: "#/settings/accounts" },
  { room: "apps", at: "#/webhooks/odd/a1" },
  {
    room: "apps-edit",
    at: "#/webhooks/odd/a1",
    act: (page) => page.getByRole("button", { name: /^Edit/ }).first().click(),
  },
  {
    room: "accounts-remove",
    at: "#/settings/accounts",
    act: async (page) => {
      await page
        .getByRole("button", { name: /^More for/ })
        .first()
        .click();
      await page.getByRole("menuitem", { name: "Remove…" }).click();
      await page.getByRole("alertdialog").waitFor();
    },
  },
  { room: "webhooks", at: "#/webhooks/w1" },
  {
    room: "deliveries",
    at: "#/deliveries",
    act: (page) =>
      page
        .locator("tr", { hasText: "Failed" })
        .getByRole("button", { name: /^Details of/ })
        .first()
        .click(),
  },
  { room: "tunnel", at: "#/tunnel" },
  { room: "settings", at: "#/settings" },
];

export const oddScenarios: Scenario[] = Object.entries(TONGUES).flatMap(([tongue, texts]) =>
  ROOMS.map(({ room, at, act }) => ({
    name: `odd-${tongue}-${room}`,
    engine: () => engineOf(texts),
    at,
    act,
    narrow: true,
    zoomed: tongue === "long",
  })),
);
