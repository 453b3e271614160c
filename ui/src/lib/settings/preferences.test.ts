// Changes made before the engine has answered the previous ones.
import { expect, test } from "vitest";
import type { ChangeSettingsRequest, SettingsReply } from "../bindings/api";
import type { Backend } from "../backend/backend";
import { Preferences } from "./preferences.svelte";

const reply = (textSize: number) => ({ settings: { textSize } }) as SettingsReply;

/** An engine that answers later reads first. */
function engine() {
  const changes: ChangeSettingsRequest[] = [];
  let delayMs = 40;
  let textSize = 100;
  const call = async (command: string, request: ChangeSettingsRequest | null) => {
    if (command === "changeSettings" && request) {
      changes.push(request);
      textSize = request.textSize ?? textSize;
    } else {
      await new Promise((resolve) => setTimeout(resolve, (delayMs = Math.max(0, delayMs - 10))));
    }
    return reply(textSize);
  };
  return { changes, call: call as unknown as Backend["call"] };
}

test("steps of the text size keep their order though the settings are not read yet", async () => {
  const { changes, call } = engine();
  const preferences = new Preferences(call);
  await Promise.all(([1, 1, -1, 0, -1] as const).map((step) => preferences.scaleText(step)));
  expect(changes.map(({ textSize }) => textSize)).toEqual([110, 125, 110, 100]);
});
