// The fake engine's settings and diagnostics.
import type { Settings, SettingsReply } from "../../../ui/src/lib/bindings/api.ts";
import { type Answers, refusal } from "./answers.ts";
import { NOW } from "./events.ts";

const usual = (): Settings => ({
  hideFromDock: true,
  announce: { needsYou: true, bad: true, good: true, info: true },
  ownNews: {
    failing: true,
    disabled: true,
    tunnel: true,
    expiry: true,
    unusuallyLong: true,
    agreement: true,
    digest: "off",
  },
  sound: "needsYou",
  quietHours: {
    on: false,
    from: "19:00",
    to: "08:30",
    days: ["monday", "tuesday", "wednesday", "thursday", "friday"],
    timeZone: null,
  },
  retention: {
    days: 90,
    maxBytes: 2_000_000_000,
    eventDays: null,
    feedbackDays: null,
  },
  port: 8377,
  logLevel: "info",
  textSize: 100,
  lookForUpdates: false,
  uploads: { limitKilobytesPerSecond: null },
});

type Preferences = Partial<Omit<SettingsReply, "settings">> & {
  settings?: Partial<Settings>;
};

/** The settings; `settings` replaces single values, the rest replaces what affects them. */
export const preferences = ({ settings, ...parts }: Preferences = {}): SettingsReply => ({
  settings: { ...usual(), ...settings },
  startAtLogin: { state: "off" },
  timeZone: "Europe/Stockholm",
  quietUntil: null,
  overrides: { port: null, log: null },
  notifications: "allowed",
  trouble: null,
  ...parts,
});

/** The settings in the design. */
export const drawnPreferences = (parts: Preferences = {}) =>
  preferences({
    settings: {
      announce: { needsYou: true, bad: true, good: true, info: false },
      quietHours: { ...usual().quietHours, on: true },
    },
    startAtLogin: { state: "on" },
    ...parts,
  });

/** The stored settings are from a newer Hookbell. */
export const newer = refusal(
  "madeByNewer",
  "these settings were saved by a newer version of Hookbell (format 2, and this one reads 1)",
  "update Hookbell; until then it uses the default settings and leaves these as they are",
);

export const ZONES = [
  "Africa/Cairo",
  "America/New_York",
  "America/Sao_Paulo",
  "Asia/Tokyo",
  "Etc/UTC",
  "Europe/London",
  "Europe/Stockholm",
];

const REPORT = `Hookbell 0.1.0 on linux x86_64
At ${NOW.toISOString()}
Data directory: ~/.local/share/hookbell

State
  Reachable. Verified at 15:39
  Listener: {"state":"listening","url":"http://127.0.0.1:8377","port":8377}
  Trouble: none
  Paused until: no
  Quiet until: no

Counts
  Newest event: 1245, unread: 3
  Webhooks: 2, accounts: 1
  Unread feedback: 4, files of it: 318 with 654311424 bytes

Log, the last 4 lines
${[1, 2, 3, 4].map((n) => `  2026-11-20T14:3${n}:00.123456Z  INFO hookbell_engine::listening: a line of the log, number ${n}`).join("\n")}
`;

export const settingsCommands = {
  settings() {
    return this.preferences;
  },
  changeSettings({ startAtLogin, ...settings }) {
    if (this.preferences.trouble) throw this.preferences.trouble;
    this.preferences = {
      ...this.preferences,
      settings: { ...this.preferences.settings, ...settings },
      startAtLogin:
        startAtLogin === undefined ? this.preferences.startAtLogin : { state: startAtLogin ? "on" : "off" },
    };
    return this.preferences;
  },
  allowNotifications() {
    this.preferences = { ...this.preferences, notifications: "allowed" };
    return "allowed";
  },
  resetSettings() {
    this.preferences = preferences();
    return this.preferences;
  },
  exportSettings() {
    return { path: this.chosenPath };
  },
  importSettings() {
    if (this.chosenPath !== null) this.preferences = preferences({ settings: { textSize: 125 } });
    return { path: this.chosenPath };
  },
  timeZones() {
    return ZONES;
  },
  openDataDir() {
    return null;
  },
  diagnostics() {
    return { text: REPORT };
  },
  copyDiagnostics() {
    this.copied = REPORT;
    return null;
  },
} satisfies Partial<Answers>;
