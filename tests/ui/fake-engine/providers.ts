// The tunnel providers of the fake engine.
import type { TunnelField, TunnelProvider } from "../../../ui/src/lib/bindings/api.ts";

function provider(
  parts: Pick<TunnelProvider, "id" | "name" | "about" | "program"> & Partial<TunnelProvider>,
): TunnelProvider {
  return {
    keepsAddress: false,
    installed: false,
    path: parts.version ? `/usr/bin/${parts.program}` : null,
    version: null,
    install: "",
    fields: [],
    token: "none",
    tokenHint: "",
    tokenKept: false,
    ...parts,
  };
}
const field = (id: string, label: string, example: string, hint: string, required = true): TunnelField => ({
  id,
  label,
  example,
  hint,
  required,
});

/** Nine tunnel providers, seven of them usable at once. */
export const providers = () => [
  provider({
    id: "cloudflare-named",
    name: "Cloudflare, named tunnel",
    about: "Keeps its address. Created in Cloudflare’s dashboard.",
    keepsAddress: true,
    program: "cloudflared",
    installed: true,
    version: "cloudflared 2026.10.1",
    fields: [
      field(
        "url",
        "Public address",
        "https://hooks.example.com",
        "The tunnel’s public hostname. In the dashboard, point it to http://localhost and Hookbell’s port.",
      ),
    ],
    token: "required",
    tokenHint: "copy it from the tunnel’s install command in Cloudflare’s dashboard; it begins with ey",
    tokenKept: true,
  }),
  provider({
    id: "cloudflare-quick",
    name: "Cloudflare, quick tunnel",
    about: "A new address on every start. Needs no account.",
    program: "cloudflared",
    installed: true,
    version: "cloudflared 2026.10.1",
  }),
  provider({
    id: "tailscale",
    name: "Tailscale Funnel",
    about: "This computer’s own name in your tailnet, open to Apple.",
    keepsAddress: true,
    program: "tailscale",
    installed: true,
    version: "tailscale 1.92",
  }),
  provider({
    id: "own-server",
    name: "Own server over SSH",
    about: "Reverse tunnel (ssh -R) to your own server, behind its HTTPS proxy.",
    keepsAddress: true,
    program: "ssh",
    installed: true,
    version: "OpenSSH_10.2p1",
    fields: [
      field(
        "destination",
        "Server",
        "halden@relay.halden.example",
        "As in an ssh command: user@host, a name from ~/.ssh/config, or ssh://user@host:port.",
      ),
      field(
        "url",
        "Public address",
        "https://hooks.halden.example",
        "The https address of the server’s proxy.",
      ),
    ],
  }),
  provider({
    id: "localhost-run",
    name: "localhost.run",
    about: "Over SSH, without an account. The address changes every few hours.",
    program: "ssh",
    installed: true,
    version: "OpenSSH_10.2p1",
  }),
  provider({
    id: "ngrok",
    name: "ngrok",
    about: "One address of your own that stays, with a free account.",
    keepsAddress: true,
    program: "ngrok",
    install: "brew install ngrok",
    fields: [field("domain", "Domain", "calm-otter.ngrok.app", "Left empty, ngrok chooses one.", false)],
    token: "required",
    tokenHint: "copy it from ngrok’s dashboard, under Your Authtoken",
  }),
  provider({
    id: "bore",
    name: "bore",
    about: "A port on your own bore server, behind an HTTPS proxy.",
    program: "bore",
    install: "cargo install bore-cli",
    fields: [field("server", "Server", "bore.halden.example", "Where bore runs.")],
    token: "optional",
    tokenHint: "the secret that the server was started with, if any",
  }),
  provider({
    id: "custom",
    name: "Another command",
    about: "Any program that makes this computer reachable and prints the address.",
    program: null,
    installed: true,
    fields: [
      field("command", "Command", "lt --port {port}", "Runs in a shell. {port} stands for Hookbell’s port."),
    ],
    token: "optional",
    tokenHint: "the command finds it in the environment variable HOOKBELL_TUNNEL_TOKEN",
  }),
  provider({
    id: "public-url",
    name: "Existing public address",
    about: "Your own setup forwards it to this computer. Hookbell only checks that it works.",
    keepsAddress: true,
    program: null,
    installed: true,
    fields: [
      field(
        "url",
        "Public address",
        "https://hooks.halden.example",
        "It must forward to Hookbell’s port on this computer.",
      ),
    ],
  }),
];
