// The webhook whose secret is being rotated. Every place that reports a wrong secret can request this: the webhook's
// row, the banner, the doctor, the palette. The window shows one sheet for all of them.
import type { AppWebhook, Webhook } from "../../bindings/api";

/** A webhook in App Store Connect with its account, or one that is set up only here. */
export type Rotated = { account: string; webhook: AppWebhook } | { account: null; webhook: Webhook };

export class Rotation {
  of = $state.raw<Rotated | null>(null);

  ask(of: Rotated): void {
    this.of = of;
  }

  close(): void {
    this.of = null;
  }
}
