import http from "node:http";
import net from "node:net";
import { networkInterfaces } from "node:os";
import { describe, expect, it, vi } from "vitest";
import { fullBacklog } from "./testing/full-backlog";
import { httpReceiver, listen, post, silentReceiver } from "./testing/receiver";
import { ranges, testClient } from "./testing/test-client";
import type { ResolvedAddress } from "./resolve-addresses";

/** Some containers have no IPv6 at all. */
const hasIpv6 = Object.values(networkInterfaces()).some((list) =>
  list?.some(({ address }) => address === "::1"),
);

function v4(...addresses: string[]): ResolvedAddress[] {
  return addresses.map((address) => ({ address, family: 4 }));
}

async function closedPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("an address that is never called", () => {
  it.each([
    "http://127.0.0.1",
    "http://[::1]",
    "http://[::ffff:127.0.0.1]",
    "http://0.0.0.0",
    "http://2130706433",
    "http://0x7f.1",
    "http://017700000001",
  ])("is not connected to when the URL spells it %s", async (spelling) => {
    const receiver = await silentReceiver();
    const { origin } = new URL(`${spelling}:${receiver.port}`);
    const result = await testClient({ allow: [] }).send(post(origin));
    expect(result).toMatchObject({ statusCode: 0, errorCode: "blocked_address", fault: "receiver" });
    expect(result.errorMessage).toMatch(/ is .+ and is not called\./);
    expect(receiver.connectionCount).toBe(0);
  });

  it("is not connected to when a name resolves to it", async () => {
    const receiver = await silentReceiver();
    const client = testClient({ allow: [], lookup: async () => v4("127.0.0.1") });
    const result = await client.send(post(`http://hooks.example:${receiver.port}`));
    expect(result).toMatchObject({ errorCode: "blocked_address" });
    expect(result.errorMessage).toBe(
      "hooks.example resolves to 127.0.0.1, which is a loopback address (127.0.0.0/8) and is not called. " +
        "Use a public address, or ask the operator to add it to POSTHORN_EGRESS_ALLOW.",
    );
    expect(receiver.connectionCount).toBe(0);
  });

  it("spoils a name that has public addresses, too", async () => {
    const client = testClient({ allow: [], lookup: async () => v4("93.184.216.34", "10.0.0.5") });
    const result = await client.send(post("http://hooks.example"));
    expect(result).toMatchObject({ errorCode: "blocked_address" });
    expect(result.errorMessage).toContain("10.0.0.5");
  });

  it("is left out when the operator vouches for another address of the name", async () => {
    const receiver = await httpReceiver((_request, response) => response.end());
    const lookup = async () => [{ address: "::1", family: 6 }, ...v4("127.0.0.1")];
    const client = testClient({ allow: ranges("127.0.0.0/8"), lookup });
    expect(await client.send(post(`http://localhost:${receiver.port}`))).toMatchObject({ statusCode: 200 });
  });

  it("is caught when the name changes its address between two connections", async () => {
    const receiver = await httpReceiver((_request, response) =>
      response.writeHead(200, { connection: "close" }).end(),
    );
    const answers = [v4("127.0.0.1"), v4("127.0.0.2")];
    const lookup = vi.fn(async () => answers.shift() ?? []);
    const client = testClient({ allow: ranges("127.0.0.1/32"), lookup });
    const request = post(`http://rebinding.example:${receiver.port}`);
    expect(await client.send(request)).toMatchObject({ statusCode: 200 });
    expect(await client.send(request)).toMatchObject({ errorCode: "blocked_address" });
    expect(lookup).toHaveBeenCalledTimes(2);
    expect(receiver.connectionCount).toBe(1);
  });
});

describe("connecting", () => {
  it("goes to the address that was checked, without asking again, and names the host in the request", async () => {
    const receiver = await httpReceiver((request, response) => response.end(request.headers.host));
    const lookup = vi.fn(async () => v4("127.0.0.1"));
    const result = await testClient({ lookup }).send(post(`http://hooks.example.:${receiver.port}`));
    expect(result.responseBody?.toString()).toBe(`hooks.example.:${receiver.port}`);
    expect(lookup.mock.calls).toEqual([["hooks.example"]]);
  });

  it("tries the next address when one refuses", async () => {
    const receiver = await httpReceiver((_request, response) => response.end());
    const client = testClient({ lookup: async () => v4("127.0.0.2", "127.0.0.3", "127.0.0.1") });
    expect(await client.send(post(`http://hooks.example:${receiver.port}`))).toMatchObject({
      statusCode: 200,
    });
  });

  it.skipIf(!hasIpv6)("reaches an IPv6 literal", async () => {
    const server = http.createServer((request, response) => response.end(request.headers.host));
    const receiver = await listen(server, "::1");
    const result = await testClient().send(post(receiver.origin));
    expect(result).toMatchObject({ statusCode: 200, errorCode: null });
    expect(result.responseBody?.toString()).toBe(`[::1]:${receiver.port}`);
  });

  it("asks once for a name that several requests need at the same time", async () => {
    const receiver = await httpReceiver((_request, response) => response.end());
    const lookup = vi.fn(async () => v4("127.0.0.1"));
    const client = testClient({ lookup });
    const request = post(`http://hooks.example:${receiver.port}`);
    await Promise.all([client.send(request), client.send(request), client.send(request)]);
    expect(lookup).toHaveBeenCalledTimes(1);
  });

  it("resolves names as the system does", async () => {
    const receiver = await httpReceiver((_request, response) => response.end());
    const result = await testClient().send(post(`http://localhost:${receiver.port}`));
    expect(result).toMatchObject({ statusCode: 200 });
  });
});

describe("a connection that does not come about", () => {
  it("is refused on a closed port", async () => {
    const port = await closedPort();
    const result = await testClient().send(post(`http://127.0.0.1:${port}`));
    expect(result).toMatchObject({ statusCode: 0, errorCode: "connection_refused", fault: "network" });
    expect(result.errorMessage).toBe(`127.0.0.1:${port} refused the connection.`);
  });

  it("is refused when every address of a name refuses", async () => {
    const client = testClient({ lookup: async () => v4("127.0.0.2", "127.0.0.3") });
    const result = await client.send(post(`http://hooks.example:${await closedPort()}`));
    expect(result).toMatchObject({ errorCode: "connection_refused" });
  });

  it("times out while it opens", async () => {
    const result = await testClient().send(post(await fullBacklog()));
    expect(result).toMatchObject({ statusCode: 0, errorCode: "timeout", fault: "network" });
    expect(result.errorMessage).toMatch(/^No connection to 127\.0\.0\.1:\d+ within 0\.3 s\.$/);
    expect(result.durationMs).toBeLessThan(1300);
  });

  it("times out while its name is being resolved, and takes no notice of a late answer", async () => {
    const receiver = await silentReceiver();
    const late = Promise.withResolvers<ResolvedAddress[]>();
    const client = testClient({ lookup: () => late.promise });
    const result = await client.send(post(`http://hooks.example:${receiver.port}`));
    expect(result).toMatchObject({ errorCode: "timeout", timings: { dnsMs: null, connectMs: null } });
    expect(result.errorMessage).toBe(
      `No connection to hooks.example:${receiver.port} within 0.3 s: its name was still being resolved.`,
    );
    late.resolve(v4("127.0.0.1"));
    await late.promise;
    expect(client.busyCount).toBe(0);
    expect(receiver.connectionCount).toBe(0);
  });

  it.each([
    ["ENOTFOUND", "The name hooks.example does not resolve to an address."],
    ["EAI_AGAIN", "The name hooks.example could not be resolved: the DNS server did not answer."],
  ])("fails with dns when the resolver says %s", async (code, message) => {
    const lookup = () => Promise.reject(Object.assign(new Error("lookup failed"), { code }));
    const result = await testClient({ lookup }).send(post("http://hooks.example:8080"));
    expect(result).toMatchObject({ errorCode: "dns", fault: "network", errorMessage: message });
  });

  it("fails with dns when a name has no address", async () => {
    const result = await testClient({ lookup: async () => [] }).send(post("http://hooks.example"));
    expect(result).toMatchObject({ errorCode: "dns" });
  });
});
