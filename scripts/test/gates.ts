import { prepareBuild } from "../launcher/build.ts";
import { run } from "./run.ts";
import { add, nothing, oneFailed, onePassed, type Tally } from "./tally.ts";

interface Gate {
  name: string;
  script: string;
  args: readonly string[];
}

const format: Gate = { name: "format", script: "prettier/bin/prettier.cjs", args: ["--check", "."] };
const lint: Gate = { name: "lint", script: "eslint/bin/eslint.js", args: [".", "--max-warnings=0"] };
const routeTypes: Gate = { name: "route types", script: "next/dist/bin/next", args: ["typegen"] };
const types: Gate = { name: "types", script: "typescript/bin/tsc", args: ["--noEmit"] };

/**
 * Format, lint and types, each counted as one test. What Next generates comes first, because rules and types are about it;
 * then the one that takes as long as all the others beside them.
 */
export async function staticGates(): Promise<Tally> {
  const generated = await pass(routeTypes);
  const [rules, others] = await Promise.all([pass(lint), inTurn([types, format])]);
  return add(generated, add(rules, others));
}

/** The production build, counted as one test. */
export async function buildGate(): Promise<Tally> {
  const stop = new AbortController();
  const announce = (text: string) => console.log(`  ${text}`);
  try {
    await prepareBuild("production", announce, stop.signal);
    console.log("  ✓ build");
    return onePassed;
  } catch (error) {
    return shown(`  ✗ build\n${error instanceof Error ? error.message : error}`);
  }
}

async function inTurn(gates: readonly Gate[]): Promise<Tally> {
  let tally = nothing;
  for (const gate of gates) tally = add(tally, await pass(gate));
  return tally;
}

async function pass({ name, script, args }: Gate): Promise<Tally> {
  const { exitCode, output } = await run(script, args, { minutesMax: 5, show: false });
  if (exitCode !== 0) return shown(`  ✗ ${name}\n${output.trim()}`);
  console.log(`  ✓ ${name}`);
  return onePassed;
}

function shown(failure: string): Tally {
  console.log(failure);
  return oneFailed(failure);
}
