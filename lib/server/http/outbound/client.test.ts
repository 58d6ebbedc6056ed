import { expect, it, onTestFinished } from "vitest";
import { parseCidr } from "@/lib/domain/address-policy";
import { createOutboundClient } from "./client";
import type { OutboundClientOptions } from "./client";
import { httpReceiver, post, rawReceiver, silentReceiver } from "./testing/receiver";

const loopback = [parseCidr("127.0.0.0/8")!, parseCidr("::1/128")!];

function testClient(options: Partial<OutboundClientOptions> = {}) {
  const client = createOutboundClient({ allow: loopback, ...options });
  onTestFinished(() => client.destroy());
  return client;
}

it("returns status, headers as received and body of an answer", async () => {
  const receiver = await rawReceiver((socket) =>
    socket.write("HTTP/1.1 200 OK\r\nX-Ab: caf\xe9\r\ncontent-length: 2\r\nX-Ab: two\r\n\r\nok", "latin1"),
  );
  const result = await testClient().send(post(receiver.origin));
  expect(result).toMatchObject({
    statusCode: 200,
    errorCode: null,
    errorMessage: null,
    bodyTruncated: false,
  });
  expect(result.responseHeaders).toEqual(["X-Ab", "caf\xe9", "content-length", "2", "X-Ab", "two"]);
  expect(result.responseBody?.toString()).toBe("ok");
});

it("ends a request that gets no answer at its deadline, with its socket", async () => {
  const receiver = await silentReceiver();
  const result = await testClient().send(post(receiver.origin));
  expect(result).toMatchObject({ statusCode: 0, errorCode: "timeout", fault: "network" });
  expect(result.errorMessage).toBe(`No response headers from 127.0.0.1:${receiver.port} within 0.3 s.`);
  await receiver.allClosed();
});

it("does not follow redirects", async () => {
  const receiver = await httpReceiver((_request, response) =>
    response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
  );
  const result = await testClient().send(post(receiver.origin));
  expect(result).toMatchObject({ statusCode: 302, errorCode: null });
});

it("does not connect to a literal that is not allowed", async () => {
  const receiver = await silentReceiver();
  const result = await testClient({ allow: [] }).send(post(receiver.origin));
  expect(result).toMatchObject({ statusCode: 0, errorCode: "blocked_address", fault: "receiver" });
  expect(receiver.connectionCount).toBe(0);
});
