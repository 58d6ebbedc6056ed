import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../../e2e/fixtures/instance.ts";
import { installDebianPackages } from "../../scripts/debian-packages.ts";
import { endPostmaster } from "../../scripts/postgres/postmaster.ts";
import { canConnect, databaseUser, ensureDatabase } from "../../scripts/postgres/connection.ts";
import { asUser, giveTo, serviceUser, type ServiceUser } from "../../scripts/postgres/run-as.ts";
import { waitUntil } from "../../scripts/processes.mjs";

const databaseName = "chaos";
const oldestMajor = 15;

/** Where Debian keeps its newest PostgreSQL; installed when it is missing and we may. Null: there is none. */
export function findDebianPostgres(mayInstall: boolean): { folder: string; major: number } | null {
  const find = () => {
    const root = "/usr/lib/postgresql";
    const majors = existsSync(root) ? readdirSync(root).map(Number) : [];
    const usable = majors.filter(
      (major) => major >= oldestMajor && existsSync(`${root}/${major}/bin/postgres`),
    );
    const major = Math.max(...usable);
    return usable.length > 0 ? { folder: `${root}/${major}/bin`, major } : null;
  };
  const found = find();
  if (found || !mayInstall) return found;
  installDebianPackages(["postgresql"]);
  return find();
}

export interface DebianOptions {
  /** Where its folder is made; the temporary folder when not given. */
  parent?: string;
  /** Settings on the command line, beside where it listens: everything else is as Debian ships it. */
  settings?: Record<string, string>;
  /** Added to the server's own environment. */
  environment?: Record<string, string>;
}

/** A PostgreSQL of Debian's package with a folder, a port and a user of its own; fsync on, as it is shipped. */
export class DebianPostgres {
  readonly name: string;
  readonly url: string;
  readonly folder: string;
  readonly #programs: string;
  readonly #user: ServiceUser;
  readonly #port: number;
  readonly #options: DebianOptions;
  #pid = 0;

  private constructor(
    programs: { folder: string; major: number },
    user: ServiceUser,
    place: { folder: string; port: number },
    options: DebianOptions,
  ) {
    this.name = `PostgreSQL ${programs.major} (Debian)`;
    this.folder = place.folder;
    this.url = `postgresql://${databaseUser}@127.0.0.1:${place.port}/${databaseName}`;
    this.#programs = programs.folder;
    this.#user = user;
    this.#port = place.port;
    this.#options = options;
  }

  static async create(
    programs: { folder: string; major: number },
    options: DebianOptions = {},
  ): Promise<DebianPostgres> {
    const user = await serviceUser([join(options.parent ?? tmpdir(), "any")]);
    const folder = await mkdtemp(join(options.parent ?? tmpdir(), "posthorn-chaos-"));
    const server = new DebianPostgres(programs, user, { folder, port: await freePort() }, options);
    try {
      await server.#initialize();
      await server.start();
      await ensureDatabase(server.url.replace(databaseName, "postgres"), databaseName);
    } catch (error) {
      await server.remove();
      throw error;
    }
    return server;
  }

  get pid(): number {
    return this.#pid;
  }

  async #initialize(): Promise<void> {
    await chmod(this.folder, 0o755);
    const data = join(this.folder, "data");
    await mkdir(data, { mode: 0o700 });
    await giveTo(this.#user, data);
    // Only this machine reaches the port, and nothing worth keeping is behind it.
    const args = ["-D", data, "-U", databaseUser, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"];
    const { command, args: all, options } = asUser(this.#user, join(this.#programs, "initdb"), args);
    const child = spawn(command, all, { ...options, stdio: ["ignore", "ignore", "pipe"] });
    let complaint = "";
    child.stderr?.on("data", (chunk: Buffer) => (complaint += chunk.toString("utf8")));
    const code = await promisify<number | null>((done) =>
      child.once("close", (ended) => done(null, ended)),
    )();
    if (code !== 0) throw new Error(`initdb failed: ${complaint.trim()}`);
  }

  /** Starts it, through crash recovery if need be; throws with its log when it does not start. */
  async start(): Promise<void> {
    // The last processes of a server that was killed hold its shared memory for a moment longer.
    if (await waitUntil(() => this.#startOnce(), 15_000, 100)) return;
    throw new Error(`PostgreSQL did not start:\n${await this.log()}`);
  }

  async #startOnce(): Promise<boolean> {
    const { settings = {}, environment = {} } = this.#options;
    const given = { listen_addresses: "127.0.0.1", port: String(this.#port), ...settings };
    const flags = Object.entries(given).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const data = join(this.folder, "data");
    const start = asUser(this.#user, join(this.#programs, "postgres"), ["-D", data, "-k", "", ...flags]);
    const log = openSync(join(this.folder, "log"), "a", 0o600);
    const child = spawn(start.command, start.args, {
      ...start.options,
      env: { ...start.options.env, ...environment } as NodeJS.ProcessEnv,
      detached: true,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    let ended = false;
    child.once("error", () => (ended = true)).once("exit", () => (ended = true));
    child.unref();
    this.#pid = child.pid ?? 0;
    const url = this.url.replace(databaseName, "postgres");
    const ready = await waitUntil(async () => ended || (await canConnect(url, 1_000)), 60_000, 25);
    return ready && !ended;
  }

  /** The end of what it has logged. */
  async log(): Promise<string> {
    const text = await readFile(join(this.folder, "log"), "utf8").catch(() => "");
    return text.split("\n").slice(-20).join("\n");
  }

  async remove(): Promise<void> {
    if (this.#pid > 0) await endPostmaster(this.#pid);
    await rm(this.folder, { recursive: true, force: true });
  }
}
