import http from "node:http";
import { gzipSync } from "node:zlib";
import { expect, it, vi } from "vitest";
import { httpReceiver, listen, post, rawReceiver } from "./testing/receiver";
import { testClient } from "./testing/test-client";
import { requestTarget, wireHeaders } from "./wire-request";

it("returns status, headers and body of an answer as they were received", async () => {
  const receiver = await rawReceiver((socket) =>
    socket.write("HTTP/1.1 200 OK\r\nX-Ab: caf\xe9\r\ncontent-length: 2\r\nX-Ab: two\r\n\r\nok", "latin1"),
  );
  const result = await testClient().send(post(receiver.origin));
  expect(result).toMatchObject({ statusCode: 200, errorCode: null, errorMessage: null, fault: null });
  expect(result).toMatchObject({ bodyTruncated: false, cause: null });
  expect(result.responseHeaders).toEqual(["X-Ab", "caf\xe9", "content-length", "2", "X-Ab", "two"]);
  expect(result.responseBody?.toString()).toBe("ok");
});

it("sends exactly the bytes that the log shows", async () => {
  const receiver = await rawReceiver((socket) => socket.write("HTTP/1.1 204 No Content\r\n\r\n"));
  const client = testClient();
  const requests = [
    post(receiver.origin, {
      headers: ["Content-Type", "application/json", "x-b", "1", "X-B", "2"],
      body: "zoë",
    }),
    post(receiver.origin, { body: null }),
    post(receiver.origin, { method: "GET", body: null, headers: ["x-challenge", "abc"] }),
  ];
  let expected = "";
  for (const request of requests) {
    await client.send(request);
    const list = wireHeaders(request, Buffer.byteLength(request.body ?? ""));
    expected += `${request.method} ${request.path} HTTP/1.1\r\n`;
    for (let index = 0; index < list.length; index += 2) expected += `${list[index]}: ${list[index + 1]}\r\n`;
    expected += `\r\n${Buffer.from(request.body ?? "").toString("latin1")}`;
  }
  expect(receiver.received).toBe(expected);
});

it("splits a URL into origin and request path, leaving the fragment out", () => {
  expect(requestTarget("https://Example.com:8443/a%20b?c=d#e")).toEqual({
    origin: "https://example.com:8443",
    path: "/a%20b?c=d",
  });
  expect(requestTarget("https://example.com")).toEqual({ origin: "https://example.com", path: "/" });
});

it.each([301, 302, 303, 307, 308])("does not follow a %d", async (statusCode) => {
  const target = await rawReceiver((socket) => socket.end());
  const receiver = await httpReceiver((_request, response) =>
    response.writeHead(statusCode, { location: `${target.origin}/elsewhere` }).end("moved"),
  );
  const result = await testClient().send(post(receiver.origin));
  expect(result).toMatchObject({ statusCode, errorCode: null });
  expect(result.responseHeaders).toContain(`${target.origin}/elsewhere`);
  expect(target.connectionCount).toBe(0);
});

it.each([204, 304, 404, 410, 500, 503])("returns a %d as the answer that it is", async (statusCode) => {
  const receiver = await httpReceiver((_request, response) => response.writeHead(statusCode).end());
  const result = await testClient().send(post(receiver.origin));
  expect(result).toMatchObject({ statusCode, errorCode: null, fault: null });
  expect(result.responseBody).toHaveLength(0);
});

it("waits for the final response behind early hints", async () => {
  const receiver = await rawReceiver((socket) =>
    socket.write(
      "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok",
    ),
  );
  const result = await testClient().send(post(receiver.origin));
  expect(result).toMatchObject({ statusCode: 200, errorCode: null });
  expect(result.responseHeaders).toEqual(["content-length", "2"]);
});

it.each([
  ["100 Continue", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"],
  [
    "101 Switching Protocols",
    "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
  ],
])("calls an unasked-for %s a bad response", async (_name, answer) => {
  const receiver = await rawReceiver((socket) => socket.write(answer));
  const result = await testClient().send(post(receiver.origin));
  expect(result).toMatchObject({ statusCode: 0, errorCode: "bad_response", fault: "receiver" });
  expect(result.errorMessage).toMatch(/answered 100 or 101, which nobody had asked for\.$/);
});

it("reads a body that ends with the connection", async () => {
  const receiver = await rawReceiver((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\nuntil the end"));
  const result = await testClient().send(post(receiver.origin));
  expect(result).toMatchObject({ statusCode: 200, errorCode: null, bodyTruncated: false });
  expect(result.responseBody?.toString()).toBe("until the end");
});

it("puts a body in many chunks together", async () => {
  const parts = Array.from({ length: 300 }, (_, index) => `part ${index};`);
  const receiver = await httpReceiver((_request, response) => {
    for (const part of parts) response.write(part);
    response.end();
  });
  const result = await testClient().send(post(receiver.origin));
  expect(result.responseBody?.toString()).toBe(parts.join(""));
});

it("keeps compressed bytes compressed", async () => {
  const packed = gzipSync(Buffer.alloc(10 * 1024 * 1024));
  const receiver = await httpReceiver((_request, response) =>
    response.writeHead(200, { "content-encoding": "gzip", "content-length": packed.length }).end(packed),
  );
  const result = await testClient().send(post(receiver.origin));
  expect(result).toMatchObject({ statusCode: 200, errorCode: null });
  expect(result.responseBody).toEqual(packed.subarray(0, 16 * 1024));
});

it("uses a connection again and gives the connection's times only to the request that opened it", async () => {
  const receiver = await httpReceiver((_request, response) => response.end("ok"));
  const client = testClient({ lookup: async () => [{ address: "127.0.0.1", family: 4 }] });
  const request = post(`http://receiver.example:${receiver.port}`);
  const first = await client.send(request);
  const second = await client.send(request);
  expect(receiver.connectionCount).toBe(1);
  expect(first.timings).toEqual({
    dnsMs: expect.any(Number),
    connectMs: expect.any(Number),
    tlsMs: null,
    firstByteMs: expect.any(Number),
    bodyMs: expect.any(Number),
  });
  expect(second.timings).toMatchObject({ dnsMs: null, connectMs: null, tlsMs: null });
  const parts = Object.values(second.timings).reduce((sum, part) => sum + (part ?? 0), 0);
  expect(parts).toBeLessThanOrEqual(second.durationMs + 0.2);
});

it("reads on past what it keeps, so that the connection can be used again", async () => {
  const receiver = await httpReceiver((_request, response) => response.end(Buffer.alloc(200 * 1024, "x")));
  const client = testClient();
  const result = await client.send(post(receiver.origin));
  await client.send(post(receiver.origin));
  expect(result).toMatchObject({ statusCode: 200, errorCode: null, bodyTruncated: true });
  expect(result.responseBody).toHaveLength(16 * 1024);
  expect(receiver.connectionCount).toBe(1);
});

it("opens a connection for each request in flight and keeps no more idle than it is told", async () => {
  const receiver = await httpReceiver((_request, response) => response.end("ok"));
  const client = testClient({ idleConnectionsMax: 3 });
  const results = await Promise.all(Array.from({ length: 8 }, () => client.send(post(receiver.origin))));
  expect(results.map((result) => result.statusCode)).toEqual(Array(8).fill(200));
  expect(receiver.connectionCount).toBe(8);
  expect(client.idleCount).toBe(3);
  expect(client.busyCount).toBe(0);
});

it("forgets a connection that the server closes after its answer", async () => {
  const receiver = await httpReceiver((_request, response) =>
    response.writeHead(200, { connection: "close" }).end("ok"),
  );
  const client = testClient();
  for (let round = 0; round < 3; round += 1) {
    expect(await client.send(post(receiver.origin))).toMatchObject({ statusCode: 200, errorCode: null });
  }
  expect(receiver.connectionCount).toBe(3);
  expect(client.idleCount).toBe(0);
});

it("forgets a connection that the server closes while it is idle", async () => {
  const server = http.createServer((request, response) =>
    request.resume().once("end", () => response.end("ok")),
  );
  const receiver = await listen(server);
  const client = testClient();
  await client.send(post(receiver.origin));
  expect(client.idleCount).toBe(1);
  server.closeIdleConnections();
  await vi.waitUntil(() => client.idleCount === 0);
  expect(await client.send(post(receiver.origin))).toMatchObject({ statusCode: 200, errorCode: null });
  expect(receiver.connectionCount).toBe(2);
});

it("closes a connection that nobody has used for a while", async () => {
  const receiver = await rawReceiver((socket) =>
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"),
  );
  const client = testClient({ keepAliveMs: 50 });
  await client.send(post(receiver.origin));
  await receiver.allClosed();
  await vi.waitUntil(() => client.idleCount === 0);
});
