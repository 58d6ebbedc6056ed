import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Api } from "./fixtures/api.ts";
import { startInstance, type Instance } from "./fixtures/instance.ts";
import { expect, test } from "./fixtures/test.ts";

// The procedure of docs/encryption-keys.md, step by step, on an instance with the embedded database.
const script = fileURLToPath(new URL("../scripts/rotate-keys.mjs", import.meta.url));

async function rotateKeys(
  dataFolder: string,
  keys: string,
  ...args: string[]
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, POSTHORN_DATA_DIR: dataFolder, POSTHORN_ENCRYPTION_KEY: keys, DATABASE_URL: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk));
  const code = await new Promise<number | null>((done) => child.once("close", done));
  return { code, output };
}

test("a new encryption key replaces the generated one while the instance runs, and again while it does not", async () => {
  test.setTimeout(300_000);
  const instances: Instance[] = [];
  const first = await startInstance();
  instances.push(first);
  const restart = async (keys: string) => {
    await instances.at(-1)?.stop();
    const next = { POSTHORN_DATA_DIR: first.dataFolder, POSTHORN_ENCRYPTION_KEY: keys };
    const instance = await startInstance(next);
    instances.push(instance);
    return new Api(instance.url);
  };
  try {
    const { id } = await new Api(first.url).createEndpoint("http://127.0.0.1:65000/");
    const { secret } = await new Api(first.url).ok("GET", `/endpoints/${id}/secret`);
    const generated = JSON.parse(await readFile(join(first.dataFolder, "secrets.json"), "utf8"));
    const [old, second, third] = [
      String(generated.encryptionKey),
      randomBytes(32).toString("base64"),
      randomBytes(32).toString("base64"),
    ];

    await restart(`${second},${old}`);
    const beside = await rotateKeys(first.dataFolder, `${second},${old}`);
    expect(beside, beside.output).toMatchObject({ code: 0 });
    expect(beside.output).toContain("Done: 1 signing secrets");
    expect(beside.output).toContain("the others can be removed from POSTHORN_ENCRYPTION_KEY");
    const api = await restart(second);
    const only = await rotateKeys(first.dataFolder, second, "--check");
    expect(only, only.output).toMatchObject({ code: 0 });
    expect(only.output).toContain("the current key, the only one there is");
    expect(only.output).not.toContain("can be removed");
    expect((await api.ok("GET", `/endpoints/${id}/secret`)).secret).toBe(secret);

    await instances.at(-1)?.stop();
    const alone = await rotateKeys(first.dataFolder, `${third},${second}`);
    expect(alone, alone.output).toMatchObject({ code: 0 });
    const last = await restart(third);
    expect((await last.ok("GET", `/endpoints/${id}/secret`)).secret).toBe(secret);
  } finally {
    for (const instance of instances.toReversed()) await instance.remove();
  }
});
