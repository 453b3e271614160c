// The real engine for a window in the browser, after the demo's story over the simulator. `tests/bridge` serves it;
// cargo builds that as an example along with the tests.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Commands } from "../../ui/src/lib/bindings/api.ts";
import type { Command } from "./fake-engine/answers.ts";

const TARGET = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL("../../target", import.meta.url));
const BRIDGE = `${TARGET}/debug/examples/bridge`;

/** The content of the engine. */
export interface Scene {
  /** The time at the start; now by default. */
  now?: string;
  /** The number of events besides the story's, in five apps of two accounts. */
  events?: number;
  /** Whether there are rules that act on the story. */
  rules?: boolean;
  /** The delay of every reply. */
  delayMs?: number;
  /** The system that the window believes it runs on. */
  platform?: "macos";
}

export async function startEngine(scene: Scene) {
  assert.ok(
    existsSync(BRIDGE),
    `${BRIDGE} is missing: build it with cargo build --workspace --example bridge`,
  );
  const bridge = spawn(BRIDGE, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(bridge, "exit");
  bridge.stdin.write(`${JSON.stringify(scene)}\n`);
  const lines = createInterface({ input: bridge.stdout });
  const { value: line, done } = await lines[Symbol.asyncIterator]().next();
  assert.ok(!done, "the engine ended before it was there");
  const { url, now } = JSON.parse(line) as { url: string; now: string };
  return {
    url,
    /** The time after the story. */
    now: new Date(now),
    /** Calls the engine directly, not through the window. */
    async call<C extends Command>(command: C, request: Commands[C][0]): Promise<Commands[C][1]> {
      const response = await fetch(`${url}api/call`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ command, request }),
      });
      const answer: unknown = await response.json();
      assert.ok(response.ok, JSON.stringify(answer));
      return answer as Commands[C][1];
    },
    async close() {
      bridge.stdin.end();
      await ended;
    },
  };
}

export type RealEngine = Awaited<ReturnType<typeof startEngine>>;
