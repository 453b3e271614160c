// One form or one confirmation on its way to the engine: working, refused at a field, done. A reply that comes once the
// form is gone does nothing more, so it closes no other sheet and leads nowhere.
//
//   const form = submission("name", "secret");            // in the script of the component that shows the form
//   form.send({ check: () => nameError(name), work: () => webhooks.rename(id, name.trim()), done: onclose });
//   <Sheet {form} …><TextField error={form.at("name")} /> … <Button disabled={form.working}>
//
// `form.rest` is the refusal that stands at none of the named fields. `Sheet` scrolls to the first error and focuses
// it; a form without a sheet says `{@attach revealing(form)}` on the element around its fields.
import { onDestroy, tick } from "svelte";
import type { Attachment } from "svelte/attachments";
import type { ApiError } from "../bindings/api";
import { asApiError } from "../backend/backend";

interface Sending<T> {
  /** What is wrong with what was filled in, told before anything is asked. */
  check?: () => ApiError | null;
  work: () => Promise<T>;
  /** What follows, if the form is still there: it closes, or leads somewhere. */
  done?: (reply: T) => void;
}

export class Submission {
  phase = $state<"idle" | "working" | "refused" | "done">("idle");
  /** Why it was refused. */
  error = $state.raw<ApiError | null>(null);
  /** Counts refusals, so that the same one again is shown again. */
  refusals = $state(0);
  working = $derived(this.phase === "working");

  #fields: readonly string[];
  /** Counts what was sent; a reply to anything older is late. */
  #sent = 0;

  /** The fields that show their own refusals. */
  constructor(...fields: string[]) {
    this.#fields = fields;
  }

  /** The refusal at this field. */
  at(field: string): ApiError | null {
    return this.error?.field === field ? this.error : null;
  }

  /** The refusal that stands at no field of the form. */
  get rest(): ApiError | null {
    return this.error && !this.#fields.includes(this.error.field ?? "") ? this.error : null;
  }

  /** Something was typed at this field, so what was said there no longer holds. */
  edited(field: string): void {
    if (this.at(field)) this.error = null;
  }

  /** Sends it, unless it is on its way already. Never rejects. */
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

  /** The form is gone, or about something else: a reply that is on its way is late. */
  abandon(): void {
    this.#sent += 1;
    this.error = null;
    this.phase = "idle";
  }
}

/** The submission of the component whose script calls this; it is abandoned when the component goes. */
export function submission(...fields: string[]): Submission {
  const made = new Submission(...fields);
  onDestroy(() => made.abandon());
  return made;
}

/** For the element around a form's fields: after a refusal it scrolls to the first error and focuses its control. */
export function revealing(form: Submission): Attachment<HTMLElement> {
  return (root) => {
    if (form.refusals > 0) void tick().then(() => reveal(root));
  };
}

const CONTROL = "input, select, textarea, button, [tabindex='0']";

function reveal(root: HTMLElement): void {
  const first = root.querySelector<HTMLElement>("[aria-invalid='true'], [role='alert']");
  if (!first) return;
  const control = first.matches(CONTROL) ? first : first.parentElement?.querySelector<HTMLElement>(CONTROL);
  const words = root.querySelector("[role='alert']");
  words?.scrollIntoView({ block: "nearest" });
  (control ?? first).scrollIntoView({ block: "nearest" });
  control?.focus({ preventScroll: true });
}
