import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { verifySamples } from "@/components/docs/verify-samples";
import { secretKey, sign } from "@/lib/domain/signature";

const run = promisify(execFile);
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const body = '{"name":"Zoë 🚀"}';
const id = "evt_01h455vb4pex5vsknk084sn02q";
const nowSeconds = () => Math.floor(Date.now() / 1000);

function signed(timestampSeconds = nowSeconds(), text = body): Record<string, string> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestampSeconds),
    "webhook-signature": `v1,${Buffer.alloc(32).toString("base64")} ${sign(secretKey(secret), id, timestampSeconds, text)}`,
  };
}

const codeOf = (label: string) => verifySamples.find((sample) => sample.label === label)?.code ?? "";

async function nodeVerifies(headers: Record<string, string>, given = body): Promise<boolean> {
  const sample = (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(codeOf("Node.js"))}`
  )) as { verify(secret: string, headers: Record<string, string>, body: string): boolean };
  return sample.verify(secret, headers, given);
}

async function pythonVerifies(headers: Record<string, string>, given = body): Promise<boolean> {
  const program = `${codeOf("Python")}
import json, sys
print(verify(sys.argv[1], json.loads(sys.argv[2]), sys.argv[3].encode()))`;
  const { stdout } = await run("python3", ["-c", program, secret, JSON.stringify(headers), given]);
  return stdout.trim() === "True";
}

const hasPython = await run("python3", ["-c", "str.removeprefix"]).then(
  () => true,
  () => false,
);

const languages = [
  { label: "Node.js", verifies: nodeVerifies, there: true },
  { label: "Python", verifies: pythonVerifies, there: hasPython },
];

for (const { label, verifies, there } of languages) {
  it.runIf(there)(`accepts what we sign and nothing else, in ${label}`, async () => {
    expect(await verifies(signed())).toBe(true);
    expect(await verifies(signed(nowSeconds() - 290))).toBe(true);
    expect(await verifies(signed(), `${body} `)).toBe(false);
    expect(await verifies(signed(nowSeconds() - 310))).toBe(false);
    expect(await verifies({ ...signed(), "webhook-id": "evt_other" })).toBe(false);
    expect(await verifies({ ...signed(), "webhook-signature": "v1," })).toBe(false);
    expect(await verifies({})).toBe(false);
  });
}
