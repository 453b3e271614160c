// Hookbell's own news, one of each type, as the engine words them.
import type { EventDetails, EventKind, Importance } from "../../../ui/src/lib/bindings/api.ts";
import { event, type FakeEvent, NOW } from "./events.ts";

interface News {
  kind: EventKind;
  importance: Importance;
  title: string;
  subtitle: string;
  sentence: string;
  typeName: string;
  details: EventDetails;
  page?: string;
}

const birds = {
  app: { id: "6479283016", name: "Backyard Birds" },
  version: "3.3",
  build: "418",
  platform: "iOS",
};

const NEWS: News[] = [
  {
    kind: "reminder",
    importance: "needsYou",
    title: "Build 418 expires in 7 days",
    subtitle: "Backyard Birds 3.3 (418)",
    sentence: "Testers can’t use Backyard Birds 3.3 (418) after 27 November. Give them a newer build.",
    typeName: "hookbellBuildExpiresSoon",
    details: { ...birds, facts: [{ label: "Expires", value: "27 November 2026, 09:40" }] },
  },
  {
    kind: "reminder",
    importance: "needsYou",
    title: "3.2 is approved but not released",
    subtitle: "Backyard Birds 3.2",
    sentence: "Backyard Birds 3.2 for iOS has waited for 5 days. Release it in App Store Connect.",
    typeName: "hookbellUnusuallyLong",
    details: {
      ...birds,
      version: "3.2",
      build: undefined,
      facts: [
        { label: "Status", value: "Pending Developer Release" },
        { label: "Usually up to", value: "22 h" },
      ],
    },
  },
  {
    kind: "alert",
    importance: "bad",
    title: "Deliveries to “Releases” fail",
    subtitle: "Hookbell",
    sentence: "The last 3 deliveries failed. Open the webhook to see why; Apple doesn’t retry.",
    typeName: "hookbellDeliveriesFailing",
    details: {
      facts: [
        { label: "Webhook", value: "Releases" },
        { label: "Last failure", value: "No response from this computer" },
      ],
    },
  },
  {
    kind: "alert",
    importance: "needsYou",
    title: "“Releases” was disabled",
    subtitle: "Hookbell",
    sentence: "Not by Hookbell. App Store Connect won’t send it events until you enable it again.",
    typeName: "hookbellWebhookDisabled",
    details: { facts: [{ label: "Webhook", value: "Releases" }] },
  },
  {
    kind: "alert",
    importance: "bad",
    title: "The tunnel has been down for 15 min",
    subtitle: "Hookbell",
    sentence:
      "App Store Connect can’t reach this computer. Hookbell fetches events until the tunnel is back.",
    typeName: "hookbellTunnelDown",
    details: { facts: [{ label: "Reason", value: "the network is unreachable" }] },
  },
  {
    kind: "alert",
    importance: "needsYou",
    title: "Agreement required",
    subtitle: "Hookbell",
    sentence: "App Store Connect rejects “Halden Software AB” until you accept an agreement under Business.",
    typeName: "hookbellAgreementMissing",
    details: { facts: [{ label: "Account", value: "Halden Software AB" }] },
    page: "https://appstoreconnect.apple.com/business",
  },
  {
    kind: "digest",
    importance: "info",
    title: "Your day: 12 events",
    subtitle: "Hookbell",
    sentence: "2 need attention; 7 archived.",
    typeName: "hookbellDigest",
    details: {
      facts: [
        { label: "Arrived", value: "12" },
        { label: "Archived", value: "7" },
        { label: "Unread", value: "3" },
        { label: "Needs attention", value: "2" },
        { label: "Runs of rules", value: "9" },
        { label: "Failed runs", value: "1" },
        { label: "Backyard Birds", value: "12" },
      ],
    },
  },
];

/** One of each type, newest first; the first has the number `top`. */
export const ownNews = (top = NEWS.length): FakeEvent[] =>
  NEWS.map((news, at) => {
    const made = event({
      ...news,
      seq: top - at,
      at: +NOW - at * 50 * 60_000,
      kindLabel: `Hookbell ${news.kind}`,
      arrivals: [],
      payload: null,
    });
    Object.assign(made.detail, {
      webhook: "Hookbell",
      webhookId: "hookbell:news",
      account: null,
      happenedAt: null,
    });
    if (!news.subtitle.startsWith("Backyard Birds")) made.detail.instance = null;
    return made;
  });
