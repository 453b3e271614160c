// The sections of the settings, in page order. An address names one: `#/settings/storage`.
export const sections = [
  { name: "accounts", label: "Accounts" },
  { name: "notifications", label: "Notifications" },
  { name: "general", label: "General" },
  { name: "tunnel", label: "Tunnel" },
  { name: "trackers", label: "Trackers" },
  { name: "storage", label: "Storage" },
  { name: "advanced", label: "Advanced" },
  { name: "about", label: "About" },
] as const;

export type SectionName = (typeof sections)[number]["name"];

export function sectionOf(id: string | null): SectionName | null {
  return sections.find(({ name }) => name === id)?.name ?? null;
}
