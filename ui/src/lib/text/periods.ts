// The periods that lists are filtered by, up to now.

/** Each in days of 24 hours. */
export const PERIODS: readonly { days: number; label: string }[] = [
  { days: 1, label: "Last 24 hours" },
  { days: 7, label: "Last 7 days" },
  { days: 30, label: "Last 30 days" },
  { days: 90, label: "Last 90 days" },
];

/** "Last 30 days" */
export function periodWords(days: number): string {
  return PERIODS.find((one) => one.days === days)?.label ?? `Last ${days} days`;
}
