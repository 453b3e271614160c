// Updates in the fake engine. `update` is the known status, `released` what a check finds.

import type { UpdateStatus } from "../../../ui/src/lib/bindings/api.ts";
import { type Answers, refusal } from "./answers.ts";

export const NEWER: UpdateStatus = {
  state: "available",
  version: "0.2.0",
  notes: "Quieter hours.\nA list that remembers where you were.",
};
export const NEWEST: UpdateStatus = {
  state: "newest",
  lookedAt: "2026-11-20T14:00:00Z",
};
export const UNREACHABLE: UpdateStatus = {
  state: "failed",
  error: {
    code: "internal",
    message: "couldn’t check for updates: no route to host",
    hint: "check the connection and try again",
    field: null,
  },
};

export const updateCommands = {
  updateStatus() {
    return this.update;
  },
  checkForUpdate() {
    this.update = this.released;
    return this.update;
  },
  installUpdate() {
    throw refusal(
      "internal",
      "the update’s signature isn’t valid",
      "nothing was installed; please report this",
    );
  },
} satisfies Partial<Answers>;
