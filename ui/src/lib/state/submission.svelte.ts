// Submitting a form or confirmation to the engine: in progress, rejected at a field, or done. A reply that arrives
// after the form has closed is ignored, so it closes no other sheet and navigates nowhere.
//
//   const form = submission("name", "secret");            // in the script of the form's component
//   form.send({ check: () => nameError(name), work: () => webhooks.rename(id, name.trim()), done: onclose });
//   <Sheet {form} …><TextField error={form.at("name")} /> … <Button disabled={form.working}>
//
// `form.rest` is an error that belongs to none of the named fields. `Sheet` scrolls to the first error and focuses it; a
// form without a sheet needs `{@attach revealing(form)}` on the element around its fields.
import { onDestroy, tick } from "svelte";
import type { Attachment } from "svelte/attachments";
import type { ApiError } from "../bindings/api";
import { asApiError } from "../backend/backend";

interface Sending<T> {
  /** Checks the input before the engine is asked. */
  check?: () => ApiError | null;
  work: () => Promise<T>;
  /** Runs on success, if the form still exists: closes it, or navigates. */
  done?: (reply: T) => void;
}

export class Submission {
  phase = $state<"idle" | "working" | "refused" | "done">("idle");
  /** Why it was rejected. */
  error = $state.raw<ApiError | null>(null);
  /** Counts rejections, so that a repeated one shows again. */
  refusals = $state(0);
  working = $derived(this.phase === "working");

  #fields: readonly string[];
  /** Counts submissions; a reply to an older one is late. */
  #sent = 0;

  /** `fields` show their own errors. */
  constructor(...fields: string[]) {
    this.#fields = fields;
  }

  /** The error at this field. */
  at(field: string): ApiError | null {
    return this.error?.field === field ? this.error : null;
  }

  /** The error that belongs to none of the form's fields. */
  get rest(): ApiError | null {
    return this.error && !this.#fields.includes(this.error.field ?? "") ? this.error : null;
  }

  /** The field was edited, so its error no longer applies. */
  edited(field: string): void {
    if (this.at(field)) this.error = null;
  }

  /** Submits, unless already submitting. Never rejects. */
  async send<T>({ check, work, done }: Sending<T>): Promise<void> {
    if (this.phase === "working") return;
    const sent = ++this.#sent;
    const wrong = check?.() ?? null;
    if (wrong) return this.refuse(wrong);
    this.error = null;
    this.phase = "working";
    try {
      const reply = await work();
      if (sent !== this.#sent) return;
      this.phase = "done";
      done?.(reply);
    } catch (thrown) {
      if (sent === this.#sent) this.refuse(asApiError(thrown));
    }
  }

  refuse(error: ApiError): void {
    this.error = error;
    this.phase = "refused";
    this.refusals += 1;
  }

  /** The form is gone, or now about something else: a pending reply is late. */
  abandon(): void {
    this.#sent += 1;
    this.error = null;
    this.phase = "idle";
  }
}

/** The calling component's submission; it is abandoned when the component is destroyed. */
export function submission(...fields: string[]): Submission {
  const made = new Submission(...fields);
  onDestroy(() => made.abandon());
  return made;
}

/** For the element around a form's fields: after a rejection, scrolls to the first error and focuses its control. */
export function revealing(form: Submission): Attachment<HTMLElement> {
  return (root) => {
    if (form.refusals > 0) void tick().then(() => reveal(root));
  };
}

const CONTROL = "input, select, textarea, button, [tabindex='0']";

function reveal(root: HTMLElement): void {
  const first = root.querySelector<HTMLElement>("[aria-invalid='true'], [role='alert']");
  if (!first) return;
  // An error that belongs to no field stands among the fields itself; nothing may scroll it away again.
  const row = first.parentElement === root ? null : first.parentElement;
  const control = first.matches(CONTROL) ? first : row?.querySelector<HTMLElement>(CONTROL);
  const words = root.querySelector("[role='alert']");
  words?.scrollIntoView({ block: "nearest" });
  (control ?? first).scrollIntoView({ block: "nearest" });
  (control ?? root.querySelector<HTMLElement>(CONTROL))?.focus({ preventScroll: true });
}
