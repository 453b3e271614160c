// A webhook for several apps at once is created one app at a time, once in each.
import { expect, test, vi } from "vitest";
import type { ApiError, AppWebhook, CreateAppWebhookRequest } from "../../bindings/api";
import { Apps } from "./apps.svelte";
import { WebhookDraft } from "./webhookDraft.svelte";

const refusal = (code: ApiError["code"]): ApiError => ({ code, message: "no", hint: "", field: null });

/** A draft for these apps, over an engine that gives the configured answers by app id. */
function draftFor(answers: Record<string, ApiError | undefined>, places = Object.keys(answers)) {
  const create = vi.fn(async ({ app }: CreateAppWebhookRequest) => {
    const refused = answers[app];
    if (refused) throw refused;
    return { id: `w-${app}`, app } as AppWebhook;
  });
  const apps = new Apps(vi.fn());
  apps.create = create as unknown as Apps["create"];
  const draft = new WebhookDraft(apps, "Studio");
  draft.places = places.map((app) => `x/${app}`);
  return { draft, create, answers };
}

test("what one app refuses can be tried again, and no app gets it twice", async () => {
  const { draft, create, answers } = draftFor({ a: undefined, b: refusal("rateLimited"), c: undefined });
  await draft.create();
  expect(draft.created.map(({ app }) => app)).toEqual(["a", "c"]);
  expect(draft.left).toEqual(["x/b"]);
  answers["b"] = undefined;
  await draft.create();
  expect(create.mock.calls.map(([{ app }]) => app)).toEqual(["a", "b", "c", "b"]);
  expect(draft.left).toEqual([]);
});
test("where nobody knows whether an app has it, it is not asked for again", async () => {
  const { draft, create } = draftFor({ a: refusal("outcomeUnknown"), b: undefined });
  await draft.create();
  await draft.create();
  expect(create).toHaveBeenCalledTimes(2);
  expect(draft.results.get("x/a")).toMatchObject({ state: "refused", error: { code: "outcomeUnknown" } });
});
test("what the only app refuses is the form's, and leaves no result", async () => {
  const { draft } = draftFor({ a: refusal("appleRefused") });
  await expect(draft.create()).rejects.toMatchObject({ code: "appleRefused" });
  expect(draft.results.size).toBe(0);
});
test("a form that is gone begins with no further app", async () => {
  const { draft, create } = draftFor({ a: undefined, b: undefined });
  const creating = draft.create();
  draft.stop();
  await creating;
  expect(create).toHaveBeenCalledTimes(1);
});
test("a secret that was typed is gone as soon as it is handed over, and is the same in every app", async () => {
  const { draft, create } = draftFor({ a: undefined, b: undefined });
  draft.secret = "correct horse battery staple";
  const creating = draft.create();
  expect(draft.secret).toBe("");
  await creating;
  expect(create.mock.calls.map(([{ secret }]) => secret)).toEqual(
    Array(2).fill("correct horse battery staple"),
  );
});
