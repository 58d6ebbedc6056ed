import type net from "node:net";
import { describe, expect, it } from "vitest";
import type { OutboundResult } from "./exchange";
import { httpReceiver, listenRaw, post, rawReceiver, silentReceiver } from "./testing/receiver";
import { testClient } from "./testing/test-client";

/** Deadline of `post` plus the second that a late timer may take. */
const settledWithinMs = 300 + 1000;

function expectTimeout(result: OutboundResult, message: RegExp): void {
  expect(result).toMatchObject({ errorCode: "timeout", fault: "network" });
  expect(result.errorMessage).toMatch(message);
  expect(result.durationMs).toBeGreaterThanOrEqual(290);
  expect(result.durationMs).toBeLessThan(settledWithinMs);
}

/** Writes the same text again and again until the socket closes. */
function drip(socket: net.Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 10);
  socket.once("close", () => clearInterval(timer));
}

/** Writes as fast as the other side reads, until the socket closes. */
function pour(socket: net.Socket, bytes: Buffer): void {
  const more = () => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on("drain", more);
  more();
}

describe("the one deadline", () => {
  it("ends a request that gets no answer, with its socket", async () => {
    const receiver = await silentReceiver();
    const result = await testClient().send(post(receiver.origin));
    expectTimeout(result, /^No response headers from 127\.0\.0\.1:\d+ within 0\.3 s\.$/);
    expect(result).toMatchObject({ statusCode: 0, responseBody: null, responseHeaders: [] });
    await receiver.allClosed();
  });

  it("covers headers that drip", async () => {
    const receiver = await rawReceiver((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nx-slow: ");
      drip(socket, "a");
    });
    const result = await testClient().send(post(receiver.origin));
    expectTimeout(result, /^No response headers/);
    expect(result.statusCode).toBe(0);
    await receiver.allClosed();
  });

  it("covers interim responses without end", async () => {
    const receiver = await rawReceiver((socket) => drip(socket, "HTTP/1.1 103 Early Hints\r\n\r\n"));
    expectTimeout(await testClient().send(post(receiver.origin)), /^No response headers/);
    await receiver.allClosed();
  });

  it("covers a body that drips, and keeps its status and its first bytes", async () => {
    const receiver = await httpReceiver((_request, response) => {
      response.writeHead(200);
      response.flushHeaders();
      if (response.socket) drip(response.socket, "1\r\nx\r\n");
    });
    const result = await testClient().send(post(receiver.origin));
    expectTimeout(result, /^The response body from 127\.0\.0\.1:\d+ was still arriving after 0\.3 s\.$/);
    expect(result).toMatchObject({ statusCode: 200, bodyTruncated: true });
    expect(result.responseBody?.toString()).toMatch(/^x+$/);
    await receiver.allClosed();
  });

  it("covers a chunk extension without end", async () => {
    const receiver = await rawReceiver((socket) => {
      socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;a=");
      pour(socket, Buffer.alloc(64 * 1024, "a"));
    });
    const result = await testClient().send(post(receiver.origin));
    expect(result.errorCode).toMatch(/^(timeout|bad_response)$/);
    expect(result.durationMs).toBeLessThan(settledWithinMs);
    await receiver.allClosed();
  });

  it("covers a receiver that never reads the request", async () => {
    const receiver = await listenRaw((socket) => socket.pause());
    const body = Buffer.alloc(32 * 1024 * 1024, "a");
    expectTimeout(await testClient().send(post(receiver.origin, { body })), /^No response headers/);
  });
});

describe("a response too large", () => {
  it("is cut off within bounded memory when its body has no end, and its status decides", async () => {
    const sockets: net.Socket[] = [];
    const receiver = await rawReceiver((socket) => {
      sockets.push(socket);
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n");
      pour(socket, Buffer.alloc(64 * 1024, "x"));
    });
    const client = testClient();
    const before = process.memoryUsage().arrayBuffers;
    const all = Array.from({ length: 50 }, () => client.send(post(receiver.origin, { timeoutMs: 5000 })));
    for (const result of await Promise.all(all)) {
      expect(result).toMatchObject({ statusCode: 200, errorCode: null, bodyTruncated: true });
      expect(result.responseBody).toHaveLength(16 * 1024);
    }
    const grownBytes = process.memoryUsage().arrayBuffers - before;
    await receiver.allClosed();
    // 50 responses of up to 256 KiB each would be 12.5 MiB if their bodies were kept; sockets have their own buffers.
    expect(grownBytes).toBeLessThan(40 * 1024 * 1024);
    const sentBytes = sockets.map((socket) => socket.bytesWritten);
    expect(Math.max(...sentBytes)).toBeLessThan(16 * 1024 * 1024);
  });

  it("is a bad response when it has 100,000 headers", async () => {
    const receiver = await rawReceiver((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      for (let index = 0; index < 100_000; index += 1) socket.write(`x-${index}: ${index}\r\n`);
      socket.write("content-length: 0\r\n\r\n");
    });
    const result = await testClient().send(post(receiver.origin, { timeoutMs: 5000 }));
    expect(result).toMatchObject({ statusCode: 0, errorCode: "bad_response", fault: "receiver" });
    expect(result.errorMessage).toMatch(/sent more response headers than are accepted\.$/);
    await receiver.allClosed();
  });

  it("is a bad response when one header has no end", async () => {
    const receiver = await rawReceiver((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nx: ");
      pour(socket, Buffer.alloc(64 * 1024, "a"));
    });
    const result = await testClient().send(post(receiver.origin, { timeoutMs: 5000 }));
    expect(result).toMatchObject({ statusCode: 0, errorCode: "bad_response" });
    await receiver.allClosed();
  });
});

it("is a bad response when interim responses come as fast as they are read", async () => {
  const flood = Buffer.from("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(2_000));
  const receiver = await rawReceiver((socket) => pour(socket, flood));
  const result = await testClient().send(post(receiver.origin, { timeoutMs: 5000 }));
  expect(result).toMatchObject({ statusCode: 0, errorCode: "bad_response", fault: "receiver" });
  expect(result.errorMessage).toMatch(/sent more interim responses than are accepted\.$/);
  await receiver.allClosed();
});

describe("a connection reset", () => {
  const head = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n";
  it.each([
    ["as soon as it is open", null, 0, "(at once|before it answered)"],
    ["after the request", "", 0, "before it answered"],
    ["in the headers", head, 0, "before it answered"],
    ["in the body", `${head}\r\nhalf`, 200, "before its response was complete"],
  ])("%s is reported as one", async (_name, text, statusCode, when) => {
    const receiver =
      text === null
        ? await listenRaw((socket) => socket.resetAndDestroy())
        : await rawReceiver((socket) => {
            if (text === "") socket.resetAndDestroy();
            else socket.write(text, () => setImmediate(() => socket.resetAndDestroy()));
          });
    const result = await testClient().send(post(receiver.origin));
    expect(result).toMatchObject({ statusCode, errorCode: "connection_reset", fault: "network" });
    expect(result.errorMessage).toMatch(
      new RegExp(`^127\\.0\\.0\\.1:\\d+ closed the connection ${when}\\.$`),
    );
  });

  it("is also reported when the connection is closed in good order", async () => {
    const receiver = await rawReceiver((socket) => socket.end());
    expect(await testClient().send(post(receiver.origin))).toMatchObject({ errorCode: "connection_reset" });
  });
});

describe("what is not HTTP", () => {
  it.each([
    ["another protocol", "220 mail.example.com ESMTP ready\r\n"],
    ["HTTP/0.9", "<html>hello</html>\r\n\r\n"],
    ["a status that is no number", "HTTP/1.1 abc OK\r\n\r\n"],
    ["a header without a name", "HTTP/1.1 200 OK\r\n: x\r\n\r\n"],
    ["NUL in a header", "HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab"],
    [
      "a length and chunks",
      "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ["a chunk of no size", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"],
    ["random bytes", "\x16\x03\x01\x02\x00\x01\xff\xfe"],
  ])("%s is a bad response", async (_name, text) => {
    const receiver = await rawReceiver((socket) => socket.write(Buffer.from(text, "latin1")));
    const result = await testClient().send(post(receiver.origin));
    expect(result).toMatchObject({ errorCode: "bad_response", fault: "receiver" });
    expect(result.errorMessage).toMatch(/^127\.0\.0\.1:\d+ .+\.$/);
    await receiver.allClosed();
  });

  it("never becomes the answer to the next request", async () => {
    let count = 0;
    const receiver = await rawReceiver((socket) => {
      count += 1;
      const forged = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged";
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n${count}${forged}`);
    });
    const client = testClient();
    for (const expected of ["1", "2", "3"]) {
      const result = await client.send(post(receiver.origin));
      expect(result.responseBody?.toString()).toBe(expected);
    }
  });
});

it("keeps delivering to others while a receiver hangs", async () => {
  const hanging = await silentReceiver();
  const healthy = await httpReceiver((_request, response) => response.end("ok"));
  const client = testClient();
  const stuck = Array.from({ length: 50 }, () => client.send(post(hanging.origin)));
  const results = await Promise.all(Array.from({ length: 50 }, () => client.send(post(healthy.origin))));
  expect(results.every((result) => result.statusCode === 200)).toBe(true);
  for (const result of await Promise.all(stuck)) expectTimeout(result, /^No response headers/);
  await hanging.allClosed();
});
