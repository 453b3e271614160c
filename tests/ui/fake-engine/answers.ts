// The window's command list, which the fake engine must answer: a reply of the wrong shape doesn't compile.
import type { ApiError, Commands, ErrorCode } from "../../../ui/src/lib/bindings/api.ts";
import type { FakeEngine } from "./engine.ts";

export type Command = keyof Commands;
type Answer<C extends Command> = (
  this: FakeEngine,
  request: Commands[C][0],
) => Commands[C][1] | Promise<Commands[C][1]>;

/** A handler for every command, each called with the fake engine as `this`. */
export type Answers = { [C in Command]: Answer<C> };

export const refusal = (
  code: ErrorCode,
  message: string,
  hint: string,
  field: string | null = null,
): ApiError => ({ code, message, hint, field });
