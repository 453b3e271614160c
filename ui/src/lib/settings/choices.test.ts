// The choices of the settings, and the port that is refused before the engine is asked.
import { expect, test } from "vitest";
import { dayChoices, intervalChoices, pauseChoices, portError, roomChoices, roomWords } from "./choices";
import { timeOf, zoneGroups } from "./quiet";
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
test("a port is a number from 1024 to 65535", () => {
  expect(["8377", " 1024 ", "65535"].map(portError)).toEqual([null, null, null]);
  for (const bad of ["", "0", "80", "1023", "65536", "-1", "8e3", "port", "80.5"])
    expect(portError(bad)?.field).toBe("port");
});
test("room is told in the powers of two that its limit is set in", () => {
  const [MIB, GIB] = [1024 ** 2, 1024 ** 3];
  expect([0, 1000, 0.5 * MIB, 624 * MIB, 2 * GIB, 1.25 * GIB, 12.4 * GIB].map(roomWords)).toEqual([
    "0 MiB",
    "Under 0.1 MiB",
    "0.5 MiB",
    "624 MiB",
    "2 GiB",
    "1.3 GiB",
    "12 GiB",
  ]);
  expect(roomChoices(2 * GIB)).toHaveLength(6);
  expect(roomChoices(3 * GIB).map(({ label }) => label)).toContain("3 GiB");
  expect(dayChoices(1)[0]?.label).toBe("Keep 1 day");
});
test("an address that names no section leads to the top", () => {
  expect(sectionOf("storage")).toBe("storage");
  expect(sectionOf("nothing")).toBeNull();
});
test("a time is read as people write it", () => {
  expect(["7", "07:30", "7.30", "730", "0000", "23:59"].map(timeOf)).toEqual([
    "07:00",
    "07:30",
    "07:30",
    "07:30",
    "00:00",
    "23:59",
  ]);
  expect(["", "24:00", "7:60", "noon", "-1", "12:3"].map(timeOf)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});
test("time zones stand by their continent, and one that is not known here is offered as well", () => {
  const groups = zoneGroups(["America/New_York", "Europe/Oslo"], "Europe/Atlantis", "Europe/Oslo");
  expect(groups.map(({ label }) => label)).toEqual(["This computer", "America", "Europe"]);
  expect(groups[0]?.options).toEqual([{ value: "", label: "Europe/Oslo, this computer’s time" }]);
  expect(groups[1]?.options).toEqual([{ value: "America/New_York", label: "America/New York" }]);
  expect(groups[2]?.options.map(({ value }) => value)).toEqual(["Europe/Oslo", "Europe/Atlantis"]);
});
