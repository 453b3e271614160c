// Replies that arrive late, or for another sheet.
import { expect, test, vi } from "vitest";
import type { ApiError } from "../bindings/api";
import { Submission } from "./submission.svelte";

const taken: ApiError = { code: "invalidInput", message: "taken", hint: "choose another", field: "name" };

function held<T>() {
  let give: (value: T) => void = () => undefined;
  let refuse: (error: ApiError) => void = () => undefined;
  const reply = new Promise<T>((resolve, reject) => ([give, refuse] = [resolve, reject]));
  return { reply, give: (value: T) => give(value), refuse: (error: ApiError) => refuse(error) };
}

test("what was sent works until its reply, then is done", async () => {
  const form = new Submission("name");
  const { reply, give } = held<number>();
  const done = vi.fn();
  const sending = form.send({ work: () => reply, done });
  expect(form.working).toBe(true);
  give(7);
  await sending;
  expect([form.phase, done.mock.calls]).toEqual(["done", [[7]]]);
});
test("a second press while it works sends nothing", async () => {
  const form = new Submission();
  const work = vi.fn(() => new Promise<null>(() => undefined));
  void form.send({ work });
  void form.send({ work });
  expect(work).toHaveBeenCalledTimes(1);
});
test("what is wrong with a field stands there, and goes when the field is edited", async () => {
  const form = new Submission("name");
  const work = vi.fn();
  await form.send({ check: () => taken, work });
  expect(work).not.toHaveBeenCalled();
  expect([form.at("name"), form.at("secret"), form.rest, form.refusals]).toEqual([taken, null, null, 1]);
  form.edited("secret");
  expect(form.at("name")).toEqual(taken);
  form.edited("name");
  expect(form.error).toBeNull();
});
test("what the engine refuses at no field of the form stands below it", async () => {
  const form = new Submission("secret");
  await form.send({ work: () => Promise.reject(taken as unknown as Error) });
  expect([form.phase, form.rest]).toEqual(["refused", taken]);
});
test.each(["give", "refuse"] as const)(
  "a late reply (%s) of a form that is gone does nothing",
  async (how) => {
    const form = new Submission();
    const late = held<null>();
    const done = vi.fn();
    const sending = form.send({ work: () => late.reply, done });
    form.abandon();
    const next = held<null>();
    const nextDone = vi.fn();
    const nextSending = form.send({ work: () => next.reply, done: nextDone });
    if (how === "give") late.give(null);
    else late.refuse(taken);
    await sending;
    expect([form.phase, form.error]).toEqual(["working", null]);
    next.give(null);
    await nextSending;
    expect([done.mock.calls.length, nextDone.mock.calls.length]).toEqual([0, 1]);
  },
);
