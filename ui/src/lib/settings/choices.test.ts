// The choices of the settings, and the port that is refused before the engine is asked.
import { expect, test } from "vitest";
import { intervalChoices, pauseChoices, portError } from "./choices";
import { sectionOf } from "./sections";

test("an interval that was set by a command is offered as well", () => {
  expect(intervalChoices(2).map(({ value }) => value)).not.toContain("7");
  expect(intervalChoices(7).map(({ label }) => label)).toContain("Every 7 minutes");
  expect(intervalChoices(1)[0]).toEqual({ value: "1", label: "Every minute" });
});
test("a pause until the morning ends at nine, today or tomorrow", () => {
  const until = (hour: number) => pauseChoices(new Date(2026, 10, 20, hour, 0))[2];
  expect(until(6)).toMatchObject({ minutes: 180 });
  expect(until(14)).toMatchObject({ minutes: 19 * 60 });
  expect(until(14)?.label).toContain("tomorrow");
  expect(until(9)).toMatchObject({ minutes: 24 * 60 });
});
test("a port is a number from 1 to 65535", () => {
  expect(["8377", " 1 ", "65535"].map(portError)).toEqual([null, null, null]);
  for (const bad of ["", "0", "65536", "-1", "8e3", "port", "80.5"])
    expect(portError(bad)?.field).toBe("port");
});
test("an address that names no section leads to the top", () => {
  expect(sectionOf("storage")).toBe("storage");
  expect(sectionOf("nothing")).toBeNull();
});
