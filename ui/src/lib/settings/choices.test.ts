// The choices of the settings, and the ports rejected before asking the engine.
import { expect, test } from "vitest";
import {
  dayChoices,
  intervalChoices,
  pauseChoices,
  portError,
  sizeChoices,
  uploadLimitChoices,
} from "./choices";
import { nightWords, timeOf, zoneGroups } from "./quiet";
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
test("a limit is offered in gigabytes, and so is whatever was set before", () => {
  expect(sizeChoices(2e9).map(({ label }) => label)).toEqual([
    "500 MB",
    "1 GB",
    "2 GB",
    "5 GB",
    "10 GB",
    "50 GB",
  ]);
  expect(sizeChoices(2 ** 31).map(({ label }) => label)).toContain("2.1 GB");
  expect(dayChoices(1)[0]?.label).toBe("Keep 1 day");
});
test("uploads have no limit or one in megabytes, and whatever was set before", () => {
  expect(uploadLimitChoices(null)[0]).toEqual({ value: null, label: "No limit" });
  expect(uploadLimitChoices(null)[1]).toEqual({ value: "500", label: "500 kB/s" });
  expect(uploadLimitChoices(16).map(({ label }) => label)).toContain("16 kB/s");
});
test("hours over midnight say which day they belong to", () => {
  const night = { on: true, from: "19:00", to: "08:30", timeZone: null };
  const workdays = ["monday", "tuesday", "wednesday", "thursday", "friday"] as const;
  expect(nightWords({ ...night, days: [...workdays] })).toBe(
    "A night belongs to the day it starts on: Friday’s ends on Saturday at 08:30.",
  );
  expect(nightWords({ ...night, days: ["sunday"] })).toContain("Sunday’s ends on Monday");
  expect(nightWords({ ...night, from: "12:00", to: "13:00", days: ["friday"] })).toBe("");
  expect(nightWords({ ...night, days: [] })).toBe("");
  expect(nightWords({ ...night, to: "19:00", days: ["friday"] })).toMatch(
    /^The same time twice means 24 hours\./,
  );
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
