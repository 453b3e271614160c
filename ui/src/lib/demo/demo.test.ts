// The demo's selection is always possible for the app, and moves to the next step after each event.
import { expect, test } from "vitest";
import type { Demo } from "../bindings/api";
import { Controls } from "./demo.svelte";

const states = ["IN_REVIEW", "REJECTED"].map((value) => ({ value, name: value }));
const version = (from: string, to: string) => ({ eventType: "VERSION", from, to, states });
const crash = { eventType: "CRASH", from: null, to: null, states: [] };
const demo = (from: string, to: string): Demo => ({
  apps: [
    { id: "1", name: "Birds", events: [crash, version(from, to)] },
    { id: "2", name: "Notes", events: [crash] },
  ],
});

test("what usually follows is offered, and a choice holds for one event", async () => {
  const asked: unknown[] = [];
  let answer = demo("Waiting", "IN_REVIEW");
  const call = (async (command: string, request: unknown) => {
    if (command === "demo") return answer;
    asked.push(request);
    answer = demo("Rejected", "IN_REVIEW");
    return { seq: 1, title: "Rejected", status: 200 };
  }) as never;
  const controls = new Controls(call);
  await controls.load("VERSION");
  expect(controls.to).toBe("IN_REVIEW");
  controls.chooseState("REJECTED");
  await controls.emit();
  expect(asked).toEqual([{ app: "1", eventType: "VERSION", to: "REJECTED" }]);
  expect([controls.happened?.title, controls.event?.from, controls.to]).toEqual([
    "Rejected",
    "Rejected",
    "IN_REVIEW",
  ]);
});

test("an app that can't have the chosen type falls back to one it can", async () => {
  const controls = new Controls((async () => demo("Waiting", "IN_REVIEW")) as never);
  await controls.load("VERSION");
  controls.chooseApp("2");
  expect([controls.event?.eventType, controls.to]).toEqual(["CRASH", ""]);
});
