import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { resetPassword } from "@/lib/server/use-cases/reset-password";
import { signIn } from "@/lib/server/use-cases/sign-in";
import { noOrigin } from "./auth/request-origin";

const database = testDatabase();
const root = fileURLToPath(new URL("../../", import.meta.url));
const password = "difference engine";
let deps: Deps;
let principal: Principal;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  principal = await createTestPrincipal(deps);
});
afterEach(() => closeTestDeps(deps));

/** `npm run password-link` without npm, as an operator would run it beside the product. */
async function run(...given: string[]): Promise<{ code: number | null; output: string }> {
  const environment = {
    DATABASE_URL: database().url,
    POSTHORN_URL: "https://hooks.example.com",
    NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
    POSTHORN_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
  };
  const args = ["--conditions=react-server", "scripts/password-link/main.ts", ...given];
  const child = spawn(`${root}node_modules/.bin/node`, args, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk));
  const code = await new Promise<number | null>((done) => child.once("close", done));
  return { code, output };
}

it("prints a link that works once, for an address however it is spelled, and says so in the audit log", async () => {
  const email = principal.actorLabel;
  const { code, output } = await run(` ${email.toUpperCase()} `);
  expect(code, output).toBe(0);
  const [, token = ""] = /^https:\/\/hooks\.example\.com\/reset-password\?token=(\S+)$/m.exec(output) ?? [];
  expect(token).toMatch(/^[\w-]{43}$/);
  const [entry] = await deps.prisma.auditEntry.findMany();
  expect(entry).toMatchObject({
    action: "account.password_link_made",
    organizationId: principal.organizationId,
    actor: "system",
    target: principal.actor,
    userAgent: "npm run password-link",
  });
  await resetPassword(deps, { token, password }, noOrigin);
  await expect(signIn(deps, { email, password, address: null })).resolves.toBeTruthy();
  await expect(resetPassword(deps, { token, password }, noOrigin)).rejects.toMatchObject({ status: 409 });
});

it.each([
  [
    "an address without an account",
    ["eve@example.com"],
    "there is no account with the address eve@example.com",
  ],
  ["what is no address", ["ada"], "ada is no e-mail address"],
  ["nobody", [], "name one e-mail address: npm run password-link -- someone@example.com"],
  ["two at once", ["a@example.com", "b@example.com"], "name one e-mail address"],
])("makes none for %s, and says why", async (_, given, reason) => {
  const { code, output } = await run(...given);
  expect(code).toBe(1);
  expect(output).toContain(`No link was made: ${reason}`);
  expect(await deps.sql("SELECT 1 FROM password_link")).toEqual([]);
  expect(await deps.prisma.auditEntry.count()).toBe(0);
});
