// What the fake engine knows of newer versions. `update` is what is known, `released` what a look finds.

export const NEWER = {
  state: "available",
  version: "0.2.0",
  notes: "Quieter hours.\nA list that remembers where you were.",
};
export const NEWEST = { state: "newest", lookedAt: "2026-11-20T14:00:00Z" };
export const UNREACHABLE = {
  state: "failed",
  error: {
    code: "internal",
    message: "the releases could not be reached: no route to host",
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
    throw {
      code: "internal",
      message: "the update is not signed as it should be",
      hint: "nothing was installed; please report it",
      field: null,
    };
  },
};
