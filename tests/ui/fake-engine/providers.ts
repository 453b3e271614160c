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

/** Nine tunnel providers, of which seven can be used at once. */
export const providers = () => [
  provider({
    id: "cloudflare-named",
    name: "Cloudflare, named tunnel",
    about: "Keeps its address for good. Made in Cloudflare’s dashboard.",
    keepsAddress: true,
    program: "cloudflared",
    installed: true,
    version: "cloudflared 2026.10.1",
    fields: [
      field(
        "url",
        "Public address",
        "https://hooks.example.com",
        "The tunnel’s public hostname. In the dashboard it has to lead to http://localhost and Hookbell’s port.",
      ),
    ],
    token: "required",
    tokenHint: "copy it from the tunnel’s install command in Cloudflare’s dashboard; it begins with ey",
    tokenKept: true,
  }),
  provider({
    id: "cloudflare-quick",
    name: "Cloudflare, quick tunnel",
    about: "A new address at each start. No account is needed.",
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
    about: "ssh -R to a server of yours, whose web server passes an https address on to it.",
    keepsAddress: true,
    program: "ssh",
    installed: true,
    version: "OpenSSH_10.2p1",
    fields: [
      field(
        "destination",
        "Server",
        "halden@relay.halden.example",
        "As you would write it behind ssh: user@host, a name from ~/.ssh/config, or ssh://user@host:port.",
      ),
      field(
        "url",
        "Public address",
        "https://hooks.halden.example",
        "The https address that the server’s web server answers at.",
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
    about: "A port of your own bore server, with https in front of it.",
    program: "bore",
    install: "cargo install bore-cli",
    fields: [field("server", "Server", "bore.halden.example", "Where bore runs.")],
    token: "optional",
    tokenHint: "the secret that the server was started with, if it was",
  }),
  provider({
    id: "custom",
    name: "Another command",
    about: "Any program that leads a public address here and prints it.",
    program: null,
    installed: true,
    fields: [
      field(
        "command",
        "Command",
        "lt --port {port}",
        "Given to the shell; {port} stands for Hookbell’s port.",
      ),
    ],
    token: "optional",
    tokenHint: "the command finds it in the environment variable HOOKBELL_TUNNEL_TOKEN",
  }),
  provider({
    id: "public-url",
    name: "I have a public address",
    about: "Something else leads it here. Hookbell only checks that it does.",
    keepsAddress: true,
    program: null,
    installed: true,
    fields: [
      field(
        "url",
        "Public address",
        "https://hooks.halden.example",
        "It has to lead to Hookbell’s port on this computer.",
      ),
    ],
  }),
];
