// A length of time as a form shows it: an amount and a unit.

export type Unit = "minutes" | "hours" | "days";

export const UNITS: Record<Unit, { label: string; minutes: number }> = {
  minutes: { label: "minutes", minutes: 1 },
  hours: { label: "hours", minutes: 60 },
  days: { label: "days", minutes: 24 * 60 },
};

/** The length in the largest unit that divides it evenly. */
export function lengthOf(minutes: number): { amount: number; unit: Unit } {
  const whole = (unit: Unit) => minutes >= UNITS[unit].minutes && minutes % UNITS[unit].minutes === 0;
  const unit = (["days", "hours"] as const).find(whole) ?? "minutes";
  return { amount: minutes / UNITS[unit].minutes, unit };
}
