import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import type { Row } from "./run.ts";

const documentFile = fileURLToPath(new URL("../docs/reliability.md", import.meta.url));
const markers = { begin: "<!-- chaos: begin -->", end: "<!-- chaos: end -->" } as const;

/** Prints the table, and replaces the one of the last whole run in docs/reliability.md. */
export async function writeTable(
  rows: readonly Row[],
  { intoDocument }: { intoDocument: boolean },
): Promise<void> {
  const table = tableOf(rows);
  console.log(`\n${table}`);
  if (!intoDocument) return;
  const text = await readFile(documentFile, "utf8");
  const from = text.indexOf(markers.begin) + markers.begin.length;
  const until = text.indexOf(markers.end);
  if (from < markers.begin.length || until < from)
    throw new Error(`${documentFile} has no place for the table`);
  const date = new Date().toISOString().slice(0, 10);
  const section = `\n\n\`npm run chaos\` on ${machine()}, ${date}:\n\n${table}\n\n`;
  const changed = text.slice(0, from) + section + text.slice(until);
  const options = await resolveConfig(documentFile);
  await writeFile(documentFile, await format(changed, { ...options, parser: "markdown" }));
  console.log("\nEntered into docs/reliability.md.");
}

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ scenario, database, accepted, delivered, repeated, outcome }) => {
    const repeats =
      outcome && outcome.mayRepeat.size > 0 ? `${repeated} of at most ${outcome.mayRepeat.size}` : repeated;
    const recovered = outcome ? `${(outcome.recoveredMs / 1000).toFixed(1)} s` : "failed";
    return `| ${[scenario, database, accepted, delivered, repeats, recovered].join(" | ")} |`;
  });
  return [
    "| scenario | database | accepted | delivered | repeated | time to recover |",
    "| --- | --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}

function machine(): string {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
  const kernel = execFileSync("uname", ["-s", "-m"], { encoding: "utf8" }).trim();
  return `${cpus().length} cores and ${memory} (${kernel}), Node.js ${process.versions.node}`;
}
