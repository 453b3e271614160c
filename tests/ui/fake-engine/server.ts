// Serves the built window over a fake engine, under the strictest content security policy.
import { createReadStream, existsSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import type { AddressInfo } from "node:net";
import type { FakeEngine } from "./engine.ts";
import { pictureFile } from "./feedback-commands.ts";

const DIST = fileURLToPath(new URL("../../../ui/dist/", import.meta.url));
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
export const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

async function reply(engine: FakeEngine, request: IncomingMessage, response: ServerResponse) {
  if (request.url === "/api/call") return answer(engine, request, response);
  if (request.url === "/api/close" || request.url === "/api/quit") {
    engine.host.push(request.url === "/api/close" ? "close" : "quit");
    return response.writeHead(204).end();
  }
  if (request.url === "/api/pushes") return pushes(engine, request, response);
  if ((request.url ?? "").startsWith("/api/pictures/")) return drawn(engine, request, response);
  return file(request, response);
}

/** Resolves with the address of a server for this engine, and a function that stops it. */
export async function serve(engine: FakeEngine) {
  const server = createServer((request, response) => void reply(engine, request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const close = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close,
  };
}

async function answer(engine: FakeEngine, request: IncomingMessage, response: ServerResponse) {
  let body = "";
  for await (const chunk of request) body += chunk;
  const { command, request: asked } = JSON.parse(body);
  let status = 200;
  let reply;
  try {
    reply = await engine.answer(command, asked);
  } catch (refused) {
    status = 422;
    reply =
      refused instanceof Error
        ? {
            code: "internal",
            message: refused.message,
            hint: refused.stack ?? "",
            field: null,
          }
        : refused;
  }
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(reply));
}

function drawn(engine: FakeEngine, request: IncomingMessage, response: ServerResponse) {
  const [id, variant] = (request.url ?? "").split("/").slice(3);
  const found = pictureFile(engine, Number(id), variant);
  if (!found) return response.writeHead(404).end();
  response.writeHead(200, {
    "content-type": found.type,
    "x-content-type-options": "nosniff",
  });
  createReadStream(found.file).pipe(response);
}

function pushes(engine: FakeEngine, request: IncomingMessage, response: ServerResponse) {
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
  });
  response.write(": here\n\n");
  const stop = engine.hear((push) => response.write(`data: ${JSON.stringify(push)}\n\n`));
  request.on("close", stop);
}

function file(request: IncomingMessage, response: ServerResponse) {
  const path = normalize(new URL(request.url ?? "", "http://x").pathname);
  const name = join(DIST, path === "/" ? "index.html" : path);
  if (!name.startsWith(DIST) || !existsSync(name)) return response.writeHead(404).end();
  response.writeHead(200, {
    "content-type": TYPES[extname(name)] ?? "application/octet-stream",
    "content-security-policy": POLICY,
  });
  createReadStream(name).pipe(response);
}
