import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL(".", import.meta.url));

it("names every file of the engine, and none that is not there", () => {
  const readme = readFileSync(`${folder}README.md`, "utf8");
  const named = [...readme.matchAll(/`([\w-]+\.ts)`/g)].map(([, name]) => name ?? "");
  const files = readdirSync(folder).filter((name) => /(?<!\.test)\.ts$/.test(name));
  expect([...new Set(named)].toSorted()).toEqual(files.toSorted());
});
