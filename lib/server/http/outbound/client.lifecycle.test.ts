import { expect, it, vi } from "vitest";
import type { OutboundClient } from "./client";
import { OutboundExchange, type OutboundRequest } from "./exchange";
import { httpReceiver, post, silentReceiver } from "./testing/receiver";
import { testClient } from "./testing/test-client";

class Probe extends OutboundExchange {
  readonly settledOnce = vi.fn();
  readonly #done = Promise.withResolvers<void>();
  readonly done = this.#done.promise;

  override onSettled(): void {
    this.settledOnce();
    this.#done.resolve();
  }
}

function dispatch(client: OutboundClient, request: OutboundRequest): Probe {
  const probe = new Probe(request);
  client.dispatch(probe);
  return probe;
}

it("settles every exchange once, and never inside dispatch", async () => {
  const receiver = await httpReceiver((_request, response) => response.end("ok"));
  const client = testClient();
  const probes = [
    dispatch(client, post(receiver.origin)),
    dispatch(client, post("http://10.0.0.1")),
    dispatch(client, post("no origin at all")),
    dispatch(client, post("ftp://127.0.0.1")),
    dispatch(client, post(receiver.origin, { headers: ["bad name", "x"] })),
    dispatch(client, post(receiver.origin, { path: "/with space" })),
  ];
  for (const probe of probes) expect(probe.settledOnce).not.toHaveBeenCalled();
  await Promise.all(probes.map((probe) => probe.done));
  const codes = probes.map((probe) => probe.errorCode);
  expect(codes).toEqual([null, "blocked_address", "aborted", "aborted", "aborted", "aborted"]);
  client.destroy();
  for (const probe of probes) expect(probe.settledOnce).toHaveBeenCalledTimes(1);
  expect(client.busyCount).toBe(0);
});

it("can be given the next request from within onSettled", async () => {
  const receiver = await httpReceiver((_request, response) => response.end("ok"));
  const client = testClient();
  const finished = Promise.withResolvers<void>();
  let left = 200;
  class Chained extends OutboundExchange {
    override onSettled(): void {
      left -= 1;
      if (left === 0) finished.resolve();
      else client.dispatch(new Chained(post(receiver.origin)));
    }
  }
  client.dispatch(new Chained(post(receiver.origin)));
  await finished.promise;
  expect(receiver.connectionCount).toBe(1);
});

it("blames ourselves, not the receiver, and shows no value when a header cannot be sent", async () => {
  const receiver = await silentReceiver();
  const request = post(receiver.origin, { headers: ["x-token", "s3cret\r\nx-injected: yes"] });
  const result = await testClient().send(request);
  expect(result).toMatchObject({ errorCode: "aborted", fault: "platform" });
  expect(result.errorMessage).toBe("Not sent: an internal error (UND_ERR_INVALID_ARG).");
});

it("ends an exchange on request, with its socket, as ours", async () => {
  const receiver = await silentReceiver();
  const client = testClient();
  const probe = dispatch(client, post(receiver.origin, { timeoutMs: 60_000 }));
  await vi.waitUntil(() => receiver.received !== "" || receiver.connectionCount > 0);
  client.abort(probe, "Stopped: the endpoint was deleted.");
  await probe.done;
  expect(probe).toMatchObject({ statusCode: 0, errorCode: "aborted", fault: "platform" });
  expect(probe.errorMessage).toBe("Stopped: the endpoint was deleted.");
  await receiver.allClosed();
});

it("does not undo an outcome by a late abort", async () => {
  const receiver = await httpReceiver((_request, response) => response.end("ok"));
  const client = testClient();
  const probe = dispatch(client, post(receiver.origin));
  await probe.done;
  client.abort(probe);
  expect(probe).toMatchObject({ statusCode: 200, errorCode: null });
});

it("closes after what is in flight has its answer, and sends nothing new", async () => {
  const release = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const receiver = await httpReceiver((_request, response) => {
    arrived.resolve();
    void release.promise.then(() => response.end("late"));
  });
  const client = testClient();
  const probe = dispatch(client, post(receiver.origin, { timeoutMs: 60_000 }));
  await arrived.promise;
  const closed = client.close();
  const refused = await client.send(post(receiver.origin));
  expect(refused).toMatchObject({
    errorCode: "aborted",
    errorMessage: "Not sent: Posthorn is shutting down.",
  });
  expect(probe.settled).toBe(false);
  release.resolve();
  await closed;
  expect(probe).toMatchObject({ statusCode: 200, errorCode: null });
  await receiver.allClosed();
});

it("aborts everything when it is destroyed", async () => {
  const receiver = await silentReceiver();
  const client = testClient({ lookup: () => new Promise(() => undefined) });
  const probes = [
    dispatch(client, post(receiver.origin, { timeoutMs: 60_000 })),
    dispatch(client, post("http://never-resolved.example", { timeoutMs: 60_000 })),
  ];
  client.destroy();
  await Promise.all(probes.map((probe) => probe.done));
  for (const probe of probes) expect(probe).toMatchObject({ errorCode: "aborted", fault: "platform" });
  await client.close();
  await receiver.allClosed();
});

it("keeps a bug in onSettled loud, and away from the other exchanges", async () => {
  const receiver = await httpReceiver((_request, response) => response.end("ok"));
  const client = testClient();
  const thrown: (() => void)[] = [];
  const microtasks = vi
    .spyOn(globalThis, "queueMicrotask")
    .mockImplementation((task) => void thrown.push(task));
  class Buggy extends OutboundExchange {
    override onSettled(): void {
      throw new Error("a bug");
    }
  }
  client.dispatch(new Buggy(post("http://10.0.0.1")));
  const other = dispatch(client, post("http://10.0.0.2"));
  await other.done;
  microtasks.mockRestore();
  const bugs = thrown.filter((task) => /bug/.test(String(task)));
  expect(bugs).toHaveLength(1);
  expect(bugs[0]).toThrow("a bug");
  expect(receiver.connectionCount).toBe(0);
});

it("refuses to send one exchange twice", async () => {
  const client = testClient();
  const probe = dispatch(client, post("http://10.0.0.1"));
  await probe.done;
  expect(() => client.dispatch(probe)).toThrow("An OutboundExchange is used once.");
  expect(client.busyCount).toBe(0);
});
