// A form of the welcome may be longer than the window, so what was refused is brought before the eyes.
import { tick } from "svelte";

/** Gives the focus to the first field that was refused, once it says so. */
export async function toRefused(form: HTMLFormElement): Promise<void> {
  await tick();
  const field = form.querySelector<HTMLElement>("[aria-invalid=true]");
  field?.focus();
  const said = field?.parentElement?.querySelector("[role=alert]") ?? form.querySelector("[role=alert]");
  said?.scrollIntoView({ block: "nearest" });
}
