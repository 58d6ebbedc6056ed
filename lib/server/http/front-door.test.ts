import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, beforeAll, expect, it } from "vitest";
import { type Cidr, parseCidr } from "@/lib/domain/address-policy";
import { guardFrontDoor } from "./front-door";

let server: Server;
let seen: IncomingMessage[] = [];

// Once: it stands before every server of the process. 127.0.0.2 is the proxy that is trusted.
beforeAll(() => guardFrontDoor([parseCidr("127.0.0.2/32") as Cidr]));
afterEach(async () => {
  seen = [];
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

async function listen(): Promise<number> {
  server = createServer((request, response) => {
    seen.push(request);
    response.end("inside");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

/** Bytes, because a client library would mend most of what is sent here. Resolves with all that was answered. */
function send(
  port: number,
  requestLine: string,
  headers: string[] = [],
  from = "127.0.0.1",
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", localAddress: from });
    let answer = "";
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString("latin1")));
    socket.on("error", reject).on("close", () => resolve(answer));
    socket.write([requestLine, "Host: x", "Connection: close", ...headers, "", ""].join("\r\n"));
  });
}

it.each([
  "/api/v1/endpoints/%",
  "/api/v1/endpoints/%ff",
  "/api/v1/event-types/%ED%A0%80",
  "/endpoints/%c3%28",
])("refuses %s, which cannot be decoded, before it is an exception inside", async (path) => {
  const answer = await send(await listen(), `GET ${path} HTTP/1.1`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"status":400/);
  expect(seen).toHaveLength(0);
});

it.each([
  ["TRACE /api/v1/events", "POST, GET, HEAD, OPTIONS"],
  ["PUT /api/v1/events", "POST, GET, HEAD, OPTIONS"],
  ["GET /api/v1/events/batch", "POST, OPTIONS"],
  ["DELETE /api/v1/deliveries/dlv_1/retry?x=1", "POST, OPTIONS"],
  ["POST /api/health", "GET, HEAD, OPTIONS"],
  ["DELETE /api/ready", "GET, HEAD, OPTIONS"],
  ["PUT /metrics", "GET, HEAD, OPTIONS"],
  ["GET /api/worker?maxSeconds=1", "POST, OPTIONS"],
  ["TRACE /sign-in", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
])("answers %s with what there is instead", async (request, allow) => {
  const answer = await send(await listen(), `${request} HTTP/1.1`);
  expect(answer).toMatch(/^HTTP\/1\.1 405 /);
  expect(answer).toContain(`allow: ${allow}\r\n`);
  expect(JSON.parse(answer.split("\r\n\r\n")[1] ?? "")).toMatchObject({ type: "about:blank", status: 405 });
  expect(seen).toHaveLength(0);
});

it("is no proxy: a request for another site is refused, not redirected there", async () => {
  const answer = await send(await listen(), "GET http://elsewhere.example/api/v1/events HTTP/1.1");
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
});

it.each([
  "POST /api/v1/events",
  "HEAD /api/v1/endpoints",
  "OPTIONS /api/v1/stats",
  "GET /api/v1/unknown",
  "POST /api/v1/events/",
  "PUT /in/x",
])("lets %s through, the first request of a server as well as the second", async (request) => {
  const port = await listen();
  for (const count of [1, 2]) {
    expect(await send(port, `${request} HTTP/1.1`)).toMatch(/^HTTP\/1\.1 200 /);
    expect(seen).toHaveLength(count);
  }
});

it("believes where a request comes from only what the connection or a trusted proxy says", async () => {
  const port = await listen();
  const lie = ["X-Forwarded-For: 198.51.100.1", "X-Real-IP: 198.51.100.1", "X-Forwarded-For: 198.51.100.2"];
  await send(port, "GET / HTTP/1.1", lie, "127.0.0.3");
  await send(port, "GET / HTTP/1.1", lie, "127.0.0.2");
  await send(port, "GET / HTTP/1.1", [], "127.0.0.2");
  expect(seen.map(({ headers }) => [headers["x-forwarded-for"], headers["x-real-ip"]])).toEqual([
    ["127.0.0.3", undefined],
    ["198.51.100.2", undefined],
    ["127.0.0.2", undefined],
  ]);
});

it("waits a minute for a request that does not end, not five", async () => {
  await send(await listen(), "GET / HTTP/1.1");
  expect(server.requestTimeout).toBe(60_000);
});
