// A status reply is out of date if the engine pushed a change while the reply was pending.
import { expect, test } from "vitest";
import type { Status } from "../bindings/api";
import { EngineStatus } from "./status.svelte";

const status = (headline: string) => ({ headline }) as Status;

test("an old reply does not overwrite what was told meanwhile", async () => {
  let answer: (status: Status) => void = () => undefined;
  const engine = new EngineStatus((() => new Promise((resolve) => (answer = resolve))) as never);
  const loading = engine.load();
  engine.told(status("Port 8377 is taken"));
  answer(status("Starting"));
  await loading;
  expect(engine.now?.headline).toBe("Port 8377 is taken");

  const resuming = engine.resume();
  answer(status("Listening on port 8377"));
  await resuming;
  expect(engine.now?.headline).toBe("Listening on port 8377");
});
