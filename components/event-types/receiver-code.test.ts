import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "vitest";
import { Webhook } from "standardwebhooks";
import { receiverSamples } from "@/components/event-types/receiver-code";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const eventType = "invoice.paid";
let server: ChildProcess | undefined;

afterEach(async () => {
  if (!server) return;
  server.kill();
  if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
});

/** Runs the sample as it stands, on a free port; gives the lines it prints. */
async function start(code: string): Promise<{ url: string; nextLine: () => Promise<string> }> {
  const onFreePort = code.replace(
    ".listen(4000)",
    ".listen(0, function () { console.log(this.address().port); })",
  );
  expect(onFreePort).not.toBe(code);
  server = spawn(process.execPath, ["--input-type=module", "--eval", onFreePort], {
    env: { ...process.env, WEBHOOK_SECRET: secret },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: server.stdout! })[Symbol.asyncIterator]();
  const nextLine = async () => String((await lines.next()).value);
  return { url: `http://127.0.0.1:${await nextLine()}`, nextLine };
}

function signedRequest(body: string): RequestInit {
  const now = new Date();
  const headers = {
    "webhook-id": "evt_1",
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign("evt_1", now, body),
  };
  return { method: "POST", headers, body };
}

describe("the Node.js receiver", () => {
  it("takes what is signed with its secret and refuses what was changed on the way", async () => {
    const sample = receiverSamples({ eventType, firstField: "invoiceId" }).find(
      ({ label }) => label === "Node.js",
    )!;
    const { url, nextLine } = await start(sample.code);
    const body = JSON.stringify({ eventId: "evt_1", eventType, data: { invoiceId: "inv_20418" } });
    expect((await fetch(url, signedRequest(body))).status).toBe(200);
    expect(await nextLine()).toBe("evt_1 inv_20418");
    const changed = { ...signedRequest(body), body: body.replace("20418", "20419") };
    expect((await fetch(url, changed)).status).toBe(400);
  });
});

describe("receiverSamples", () => {
  it.each(["a-b", 'a"]; drop', "", null])("never write the property %j into code", (field) => {
    for (const { code } of receiverSamples({ eventType, firstField: field })) {
      expect(code).toContain(eventType);
      if (field) expect(code).not.toContain(field);
    }
  });

  it.each([
    ["http://localhost:4001/hooks/in", "4001", "/hooks/in"],
    ["https://receiver.example.com/hooks", "4000", "/hooks"],
    ["https://receiver.example.com/%22);evil(", "4000", "/webhooks"],
  ])("listen where %s sends, as far as that is this machine", (endpointUrl, port, path) => {
    const [node, python, go, php] = receiverSamples({ eventType: null, firstField: null, endpointUrl });
    expect(node?.code).toContain(`.listen(${port})`);
    expect(python?.code).toContain(`@app.post("${path}")`);
    expect(python?.run).toContain(`--port ${port}`);
    expect(go?.code).toContain(`HandleFunc("${path}"`);
    expect(go?.code).toContain(`":${port}"`);
    expect(php?.run).toContain(`localhost:${port}`);
  });
});
