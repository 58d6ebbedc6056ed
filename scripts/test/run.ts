import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "../launcher/settings.ts";

interface RunOptions {
  env?: Record<string, string>;
  /** Ended by force after this time, together with what it has started. */
  minutesMax: number;
  /** Show the output as it comes, too, or only return it. */
  show: boolean;
}

/** Runs a program of the project's own dependencies, or (`script` null) what the arguments say, on this Node.js. */
export async function run(
  script: string | null,
  args: readonly string[],
  { env = {}, minutesMax, show }: RunOptions,
): Promise<{ exitCode: number | null; output: string }> {
  const program = script === null ? [] : [join(root, "node_modules", script)];
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: root,
    env: { ...process.env, ...(show && process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}), ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (show) process.stdout.write(text);
    });
  }
  const endGroup = (name: NodeJS.Signals) => child.pid !== undefined && process.kill(-child.pid, name);
  const interrupt = () => {
    endGroup("SIGTERM");
    process.exit(130);
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const timer = setTimeout(() => {
    console.error(`Ended after ${minutesMax} minutes: ${script ?? args.join(" ")}`);
    endGroup("SIGKILL");
  }, minutesMax * 60_000);
  const exitCode = await new Promise<number | null>((done, fail) =>
    child.once("error", fail).once("close", done),
  );
  clearTimeout(timer);
  process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  return { exitCode, output };
}
