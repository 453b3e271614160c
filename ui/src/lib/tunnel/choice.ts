// Choosing a tunnel provider: the order of the choices, the required fields, and the request.
import type { ApiError, SetTunnelRequest, Tunnel, TunnelProvider } from "../bindings/api";

/** The provider that runs nothing: a public address that already leads here. */
export const PUBLIC_ADDRESS = "public-url";

/** The row for no tunnel. */
export const NO_TUNNEL = "none";

/** A provider's form while it is filled in. */
export interface Draft {
  /** The provider's id; null for no tunnel. */
  provider: string | null;
  fields: Record<string, string>;
  /** The token typed in; empty to keep the stored one. */
  token: string;
}

/** Usable providers, in the engine's order; the chosen one stays even if its program is gone. */
export function usable(providers: readonly TunnelProvider[], chosen: string | null): TunnelProvider[] {
  return providers.filter(({ id, installed }) => installed || id === chosen);
}

/** The first few of them, plus the ones in use or open. */
export function foremost(
  ready: readonly TunnelProvider[],
  most: number,
  kept: readonly string[],
): TunnelProvider[] {
  const others = most - ready.filter(({ id }) => kept.includes(id)).length;
  let taken = 0;
  return ready.filter(({ id }) => kept.includes(id) || taken++ < others);
}

/** Providers whose program must be installed first. */
export function missing(providers: readonly TunnelProvider[], chosen: string | null): TunnelProvider[] {
  return providers.filter(({ id, installed }) => !installed && id !== chosen);
}

/** The initial form: with the current values, if the provider is in use. */
export function draftOf(provider: TunnelProvider | null, tunnel: Tunnel | null): Draft {
  const kept = provider !== null && tunnel?.provider === provider.id ? tunnel.fields : {};
  const fields = (provider?.fields ?? []).map(({ id }) => [id, kept[id] ?? ""] as const);
  return { provider: provider?.id ?? null, fields: Object.fromEntries(fields), token: "" };
}

/** Whether there is anything to fill in. */
export function hasForm({ fields, token }: TunnelProvider): boolean {
  return fields.length > 0 || token !== "none";
}

/** The label of the button that starts using a provider: "Use Tailscale Funnel". */
export function useWords(provider: TunnelProvider | null): string {
  if (provider === null) return "Use no tunnel";
  return provider.id === PUBLIC_ADDRESS ? "Use this address" : `Use ${provider.name}`;
}

/** The remark for a provider that has nothing to fill in. */
export function remarkOf(provider: TunnelProvider, tunnel: Tunnel): string {
  if (tunnel.provider === provider.id || hasForm(provider)) return "";
  return provider.keepsAddress
    ? "Nothing to configure."
    : "Nothing to configure. The address changes on every start; Hookbell updates your webhooks.";
}

/** Input errors found before asking the engine, at their fields. */
export function draftError(draft: Draft, provider: TunnelProvider | null): ApiError | null {
  if (provider === null) return null;
  const empty = provider.fields.find(
    ({ id, required }) => required && (draft.fields[id] ?? "").trim() === "",
  );
  if (empty) return at(empty.id, `${provider.name} needs this`, `it looks like ${empty.example}`);
  if (provider.token === "required" && !provider.tokenKept && draft.token.trim() === "")
    return at("token", `${provider.name} needs a token`, provider.tokenHint);
  return null;
}

function at(field: string, message: string, hint: string): ApiError {
  return { code: "invalidInput", message, hint, field };
}

/** Whether the form differs from what is in use. */
export function isChanged(draft: Draft, tunnel: Tunnel): boolean {
  if (draft.provider !== tunnel.provider || draft.token !== "") return true;
  return Object.entries(draft.fields).some(([id, value]) => value.trim() !== (tunnel.fields[id] ?? ""));
}

/** The draft as a request: empty fields are omitted. */
export function requestOf({ provider, fields, token }: Draft): SetTunnelRequest {
  const filled = Object.entries(fields)
    .map(([id, value]) => [id, value.trim()] as const)
    .filter(([, value]) => value !== "");
  return {
    provider,
    fields: Object.fromEntries(filled),
    token: token.trim() || null,
    forgetToken: false,
    stopped: false,
  };
}

/** A provider's second line: its settings if it is in use, otherwise its description; plus its token. */
export function aboutWords(provider: TunnelProvider, tunnel: Tunnel): string {
  const token = provider.tokenKept ? " Token saved in keychain." : "";
  if (tunnel.provider !== provider.id) return `${provider.about}${token}`;
  const address = tunnel.tunnel.state === "up" ? tunnel.tunnel.url : null;
  const filled = provider.fields
    .map(({ id }) => tunnel.fields[id] ?? "")
    .filter((value) => value !== "" && value.replace(/\/$/, "") !== address);
  return filled.length === 0 ? `${provider.about}${token}` : filled.join(" · ");
}
