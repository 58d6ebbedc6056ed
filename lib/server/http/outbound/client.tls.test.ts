import https from "node:https";
import net from "node:net";
import type { TLSSocket } from "node:tls";
import { expect, it } from "vitest";
import { makeCertificate, type Certified } from "./testing/certificate";
import { listen, post, rawReceiver, silentReceiver, type Receiver } from "./testing/receiver";
import { testClient } from "./testing/test-client";

const authority = makeCertificate({ name: "Test authority" });
const lookup = async () => [{ address: "127.0.0.1", family: 4 }];

async function tlsReceiver(certified: Certified): Promise<Receiver> {
  const server = https.createServer({ key: certified.key, cert: certified.cert }, (request, response) => {
    const socket = request.socket as TLSSocket & { servername?: string | false };
    request.resume().once("end", () => response.end(`${socket.servername} ${socket.alpnProtocol}`));
  });
  return listen(server);
}

function issue(changes: Partial<Parameters<typeof makeCertificate>[0]> = {}): Certified {
  return makeCertificate({ name: "hooks.example", hosts: ["hooks.example"], issuer: authority, ...changes });
}

function sendTo(
  port: number,
  host = "hooks.example",
  certificateAuthorities: string | undefined = authority.cert,
) {
  return testClient({ lookup, certificateAuthorities }).send(post(`https://${host}:${port}`));
}

it("connects to the checked address and verifies the name", async () => {
  const receiver = await tlsReceiver(issue());
  const result = await sendTo(receiver.port);
  expect(result).toMatchObject({ statusCode: 200, errorCode: null });
  expect(result.responseBody?.toString()).toBe("hooks.example http/1.1");
  expect(result.timings.tlsMs).toBeGreaterThan(0);
  expect(result.timings.connectMs).not.toBeNull();
});

it("verifies the address when the URL has one", async () => {
  const receiver = await tlsReceiver(issue({ hosts: ["127.0.0.1"] }));
  const result = await sendTo(receiver.port, "127.0.0.1");
  expect(result).toMatchObject({ statusCode: 200 });
  expect(result.responseBody?.toString()).toBe("false http/1.1");
});

it("uses a TLS connection again", async () => {
  const receiver = await tlsReceiver(issue());
  const client = testClient({ lookup, certificateAuthorities: authority.cert });
  const request = post(`https://hooks.example:${receiver.port}`);
  await client.send(request);
  expect((await client.send(request)).timings).toMatchObject({ connectMs: null, tlsMs: null });
  expect(receiver.connectionCount).toBe(1);
});

it.each([
  [
    "is self-signed",
    makeCertificate({ name: "a", hosts: ["hooks.example"] }),
    /its certificate is self-signed\.$/,
  ],
  ["is for another host", issue({ hosts: ["other.example"] }), /its certificate is for another host name\.$/],
  ["has expired", issue({ validUntil: new Date(Date.now() - 1000) }), /its certificate has expired\.$/],
  [
    "is not valid yet",
    issue({ validFrom: new Date(Date.now() + 60_000) }),
    /its certificate is not valid yet\.$/,
  ],
])("refuses a certificate that %s", async (_name, certified, message) => {
  const receiver = await tlsReceiver(certified);
  const result = await sendTo(receiver.port);
  expect(result).toMatchObject({ statusCode: 0, errorCode: "tls", fault: "network" });
  expect(result.errorMessage).toMatch(message);
  expect(result.errorMessage).toMatch(/^TLS with hooks\.example:\d+ failed: /);
  await receiver.allClosed();
});

it("refuses a certificate of an authority that is not trusted", async () => {
  const receiver = await tlsReceiver(issue());
  const result = await testClient({ lookup }).send(post(`https://hooks.example:${receiver.port}`));
  expect(result).toMatchObject({ statusCode: 0, errorCode: "tls" });
  await receiver.allClosed();
});

it("says so when the port does not speak TLS", async () => {
  const server = net.createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  const receiver = await listen(server);
  const result = await sendTo(receiver.port);
  expect(result).toMatchObject({ errorCode: "tls" });
  expect(result.errorMessage).toMatch(/the port does not speak TLS \(is it meant to be http\?\)\.$/);
});

it("reports a reset during the handshake", async () => {
  const server = net.createServer((socket) => socket.once("data", () => socket.resetAndDestroy()));
  const receiver = await listen(server);
  const result = await sendTo(receiver.port);
  expect(result).toMatchObject({ errorCode: "connection_reset" });
  expect(result.errorMessage).toMatch(/closed the connection during the TLS handshake\.$/);
});

it("ends a handshake that hangs at the deadline, with its socket", async () => {
  const receiver = await silentReceiver();
  const result = await sendTo(receiver.port);
  expect(result).toMatchObject({ statusCode: 0, errorCode: "timeout" });
  expect(result.errorMessage).toMatch(/within 0\.3 s: the TLS handshake had not finished\.$/);
  await receiver.allClosed();
});

it("reports TLS bytes on a plain connection as a bad response", async () => {
  const receiver = await rawReceiver((socket) => socket.write(Buffer.from("15030300020228", "hex")));
  expect(await testClient().send(post(receiver.origin))).toMatchObject({ errorCode: "bad_response" });
});
