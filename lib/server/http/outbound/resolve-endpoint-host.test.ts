import { afterEach, describe, expect, it, vi } from "vitest";
import { checkEndpointHost } from "./resolve-endpoint-host";
import type { Lookup } from "./resolve-addresses";
import { httpReceiver, post } from "./testing/receiver";
import { ranges, testClient } from "./testing/test-client";

const nothingAllowed = { allow: [] };
const loopbackAllowed = { allow: ranges("127.0.0.0/8") };

function answers(...addresses: string[]): Lookup {
  return async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
}

const unknown: Lookup = () => Promise.reject(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }));

afterEach(() => vi.useRealTimers());

describe("checkEndpointHost", () => {
  it("accepts a name whose addresses are all public", async () => {
    const lookup = answers("93.184.216.34", "2606:2800:220:1::1");
    expect(await checkEndpointHost(new URL("https://hooks.example"), nothingAllowed, lookup)).toEqual({
      ok: true,
    });
  });

  it("refuses a name with a private address and says which", async () => {
    const lookup = answers("93.184.216.34", "192.168.7.7");
    expect(await checkEndpointHost(new URL("https://hooks.example"), nothingAllowed, lookup)).toEqual({
      ok: false,
      message:
        "hooks.example resolves to 192.168.7.7, which is a private network address (192.168.0.0/16) and is not called. " +
        "Use a public address, or ask the operator to add it to POSTHORN_EGRESS_ALLOW.",
    });
  });

  it("accepts a public name that does not resolve yet, with a warning", async () => {
    expect(await checkEndpointHost(new URL("https://hooks.example"), nothingAllowed, unknown)).toEqual({
      ok: true,
      warning: "hooks.example does not resolve to an address yet. Requests will fail until it does.",
    });
    const none = await checkEndpointHost(new URL("https://hooks.example"), nothingAllowed, answers());
    expect(none).toMatchObject({ ok: true, warning: expect.any(String) });
  });

  it("does not wait for a resolver that hangs", async () => {
    vi.useFakeTimers();
    const check = checkEndpointHost(
      new URL("https://hooks.example"),
      nothingAllowed,
      () => new Promise(() => {}),
    );
    await vi.advanceTimersByTimeAsync(5000);
    expect(await check).toMatchObject({ ok: true, warning: expect.stringContaining("within 5 s") });
  });

  it.each(["http://localhost", "http://localhost.", "http://receiver", "https://hooks.internal"])(
    "accepts %s only if it resolves into the allow list",
    async (text) => {
      const url = new URL(text);
      expect(await checkEndpointHost(url, loopbackAllowed, answers("127.0.0.1"))).toEqual({ ok: true });
      for (const lookup of [answers("10.0.0.1"), answers("93.184.216.34"), answers(), unknown]) {
        expect(await checkEndpointHost(url, loopbackAllowed, lookup)).toMatchObject({ ok: false });
      }
      expect(await checkEndpointHost(url, nothingAllowed, answers("127.0.0.1"))).toMatchObject({ ok: false });
    },
  );

  it("judges a literal without asking the resolver", async () => {
    const lookup = vi.fn(answers("93.184.216.34"));
    expect(await checkEndpointHost(new URL("http://[::1]"), nothingAllowed, lookup)).toMatchObject({
      ok: false,
    });
    expect(await checkEndpointHost(new URL("http://127.0.0.1"), loopbackAllowed, lookup)).toEqual({
      ok: true,
    });
    expect(lookup).not.toHaveBeenCalled();
  });

  it("is not what a later connection relies on: a name that turns private afterwards is not called", async () => {
    const receiver = await httpReceiver((_request, response) => response.end());
    let address = "93.184.216.34";
    const lookup: Lookup = async () => [{ address, family: 4 }];
    const url = new URL(`http://rebinding.example:${receiver.port}`);
    expect(await checkEndpointHost(url, nothingAllowed, lookup)).toEqual({ ok: true });
    address = "127.0.0.1";
    const result = await testClient({ allow: [], lookup }).send(post(url.origin));
    expect(result).toMatchObject({ errorCode: "blocked_address" });
    expect(receiver.connectionCount).toBe(0);
  });
});
