import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { waysOut } from "./testing/ways-out";

const root = new URL("../../../../", import.meta.url);

/** What else may connect, to where, and why no user chooses that place. */
const excepted: Record<string, readonly string[]> = {
  // The operator's mail server, SMTP_URL.
  "lib/server/mail/mailer.ts": ["nodemailer"],
  // GitHub, for people who sign in with it; the provider's other requests are next-auth's, to configured addresses.
  "lib/server/auth/github-profile.ts": ["fetch"],
  // In the browser, to this instance.
  "lib/queries/fetch-json.ts": ["fetch"],
  // Reads addresses, and runs in the launcher too.
  "lib/schemas/cidr-list.ts": ["node:net"],
};

function sources(): string[] {
  const files = ["app", "components", "lib"].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" }).map(
      (file) => `${folder}/${file}`,
    ),
  );
  return [...files, "proxy.ts", "instrumentation.ts"].filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\/testing\/|\/db\/generated\//.test(file),
  );
}

it("connects nowhere but through the outbound client", () => {
  const files = sources();
  expect(files.length).toBeGreaterThan(500);
  const found = files
    .filter((file) => !file.startsWith("lib/server/http/outbound/"))
    .map((file) => [file, waysOut(readFileSync(new URL(file, root), "utf8"), file)] as const)
    .filter(([, ways]) => ways.length > 0);
  expect(Object.fromEntries(found)).toEqual(excepted);
});

it.each([
  ['import { request } from "node:https";', ["node:https"]],
  ['import net from "net";', ["net"]],
  ['const { connect } = await import("node:tls");', ["node:tls"]],
  ['const undici = require("undici");', ["undici"]],
  ['process.getBuiltinModule("http").get(url);', ["http"]],
  ['export { fetch } from "undici";', ["undici"]],
  ["await fetch(url);", ["fetch"]],
  ["await globalThis.fetch(url);", ["fetch"]],
  ["const call = fetch;", ["fetch"]],
  ["retry(fetch, url);", ["fetch"]],
  ["new WebSocket(url);", ["WebSocket"]],
  ["navigator.sendBeacon(url);", ["sendBeacon"]],
  ['import type { Server } from "node:http";', []],
  ["const page = { fetch: 1 }; list.fetch(); // fetch()", []],
])("sees in %j the ways out %j", (source, expected) => {
  expect(waysOut(source)).toEqual(expected);
});
