import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const root = new URL("../", import.meta.url);

it("SECURITY.md names only tests that there are", () => {
  const text = readFileSync(new URL("SECURITY.md", root), "utf8");
  const named = [...text.matchAll(/`([\w./-]+\.(?:test|spec)\.ts)`/g)].map(([, file]) => file ?? "");
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
});
