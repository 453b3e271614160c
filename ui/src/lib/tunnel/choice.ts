// The choice of a tunnel provider: the order it is offered in, what has to be filled in, and what is asked for.
import type { ApiError, SetTunnelRequest, Tunnel, TunnelProvider } from "../bindings/api";

/** The provider that runs nothing: an address that leads here already. */
export const PUBLIC_ADDRESS = "public-url";

/** The row of the choice that is no provider. */
export const NO_TUNNEL = "none";

/** What stands in a provider's form before it is used. */
export interface Draft {
  /** The provider's id; null for no tunnel. */
  provider: string | null;
  fields: Record<string, string>;
  /** A token typed in; empty to keep the one that is kept. */
  token: string;
}

/** Those that can be used now, as the engine orders them; the chosen one stays even where its program is gone. */
export function usable(providers: readonly TunnelProvider[], chosen: string | null): TunnelProvider[] {
  return providers.filter(({ id, installed }) => installed || id === chosen);
}

/** The first few of them, and whatever is in use or looked at. */
export function foremost(
  ready: readonly TunnelProvider[],
  most: number,
  kept: readonly string[],
): TunnelProvider[] {
  const others = most - ready.filter(({ id }) => kept.includes(id)).length;
  let taken = 0;
  return ready.filter(({ id }) => kept.includes(id) || taken++ < others);
}

/** Those whose program has to be installed first. */
export function missing(providers: readonly TunnelProvider[], chosen: string | null): TunnelProvider[] {
  return providers.filter(({ id, installed }) => !installed && id !== chosen);
}

/** A form as it opens: with what was filled in before, where the provider is the one in use. */
export function draftOf(provider: TunnelProvider | null, tunnel: Tunnel | null): Draft {
  const kept = provider !== null && tunnel?.provider === provider.id ? tunnel.fields : {};
  const fields = (provider?.fields ?? []).map(({ id }) => [id, kept[id] ?? ""] as const);
  return { provider: provider?.id ?? null, fields: Object.fromEntries(fields), token: "" };
}

/** Whether there is anything to fill in. */
export function hasForm({ fields, token }: TunnelProvider): boolean {
  return fields.length > 0 || token !== "none";
}

/** The button that puts a provider to use: "Use Tailscale Funnel". */
export function useWords(provider: TunnelProvider | null): string {
  if (provider === null) return "Use no tunnel";
  return provider.id === PUBLIC_ADDRESS ? "Use this address" : `Use ${provider.name}`;
}

/** What is said before a provider is used that has nothing to fill in. */
export function remarkOf(provider: TunnelProvider, tunnel: Tunnel): string {
  if (tunnel.provider === provider.id || hasForm(provider)) return "";
  return provider.keepsAddress
    ? "Nothing to configure."
    : "Nothing to configure. The address changes on every start; Hookbell updates your webhooks.";
}

/** What the window refuses before it asks the engine, at the field. */
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

/** Whether the form says anything else than what is in use. */
export function isChanged(draft: Draft, tunnel: Tunnel): boolean {
  if (draft.provider !== tunnel.provider || draft.token !== "") return true;
  return Object.entries(draft.fields).some(([id, value]) => value.trim() !== (tunnel.fields[id] ?? ""));
}

/** The draft as the engine takes it: fields left empty are left out. */
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

/** The second line of a provider: what was filled in where it is in use, else what it is; and its token. */
export function aboutWords(provider: TunnelProvider, tunnel: Tunnel): string {
  const token = provider.tokenKept ? " Token saved in keychain." : "";
  if (tunnel.provider !== provider.id) return `${provider.about}${token}`;
  const address = tunnel.tunnel.state === "up" ? tunnel.tunnel.url : null;
  const filled = provider.fields
    .map(({ id }) => tunnel.fields[id] ?? "")
    .filter((value) => value !== "" && value.replace(/\/$/, "") !== address);
  return filled.length === 0 ? `${provider.about}${token}` : filled.join(" · ");
}
