// Resending and copying as cURL in the fake engine: every server answers 200, unless a test says otherwise.
import type { Answers } from "./answers.ts";
import { refusal } from "./answers.ts";

export const resendCommands = {
  resendForm({ original }) {
    return {
      signed: original.kind === "event",
      webhook: "Studio Mac",
      addresses: this.addresses,
    };
  },
  resend({ to }) {
    if (!/^https?:\/\//.test(to))
      throw refusal(
        "invalidInput",
        "an address starts with http:// or https://",
        "for instance http://localhost:3000/webhooks",
        "to",
      );
    this.addresses = [to, ...this.addresses.filter((other) => other !== to)].slice(0, 8);
    return { status: 200, milliseconds: 84, redirect: null, response: "thanks", cut: false };
  },
  forgetResendAddress({ address }) {
    this.addresses = this.addresses.filter((other) => other !== address);
    return null;
  },
  copyCurl({ requests }) {
    const commands = requests.map(
      ({ url }) => `curl --request POST '${url ?? "http://127.0.0.1:8377/hooks/8f3kQ2mVx7Yp"}'`,
    );
    this.copied = commands.join("\n");
    return null;
  },
} satisfies Partial<Answers>;
