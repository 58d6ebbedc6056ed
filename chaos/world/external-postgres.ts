import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../../e2e/fixtures/instance.ts";
import { installDebianPackages } from "../../scripts/debian-packages.ts";
import { postgresBinaries } from "../../scripts/postgres/binaries.ts";
import { endPostmaster } from "../../scripts/postgres/postmaster.ts";
import { canConnect, databaseUser, ensureDatabase } from "../../scripts/postgres/connection.ts";
import { asUser, giveTo, serviceUser, type ServiceUser } from "../../scripts/postgres/run-as.ts";
import { waitUntil } from "../../scripts/processes.mjs";

const databaseName = "chaos";
const oldestMajor = 15;

/** Programs of a PostgreSQL: where they are, and what the table calls them. */
export interface PostgresPrograms {
  folder: string;
  name: string;
}

/** Debian's newest, installed when it is missing and we may; else those that npm brings for the embedded cluster. */
export async function findPrograms(mayInstall: boolean): Promise<PostgresPrograms> {
  if (findDebian() === null && mayInstall) await installDebianPackages(["postgresql"]);
  const found = findDebian();
  if (found) return found;
  const { postgres } = await postgresBinaries();
  return { folder: dirname(postgres), name: "PostgreSQL 18 (npm)" };
}

function findDebian(): PostgresPrograms | null {
  const root = "/usr/lib/postgresql";
  const majors = existsSync(root) ? readdirSync(root).map(Number) : [];
  const usable = majors.filter(
    (major) => major >= oldestMajor && existsSync(`${root}/${major}/bin/postgres`),
  );
  if (usable.length === 0) return null;
  const major = Math.max(...usable);
  return { folder: `${root}/${major}/bin`, name: `PostgreSQL ${major} (Debian)` };
}

export interface ExternalOptions {
  /** Where its folder is made; the temporary folder when not given. */
  parent?: string;
  /** Settings on the command line, beside where it listens: everything else is as it is shipped. */
  settings?: Record<string, string>;
  /** Added to the server's own environment. */
  environment?: Record<string, string>;
}

/** A PostgreSQL with a folder, a port and a user of its own; fsync on, as it is shipped. */
export class ExternalPostgres {
  readonly name: string;
  readonly url: string;
  readonly folder: string;
  readonly #programs: string;
  readonly #user: ServiceUser;
  readonly #port: number;
  readonly #options: ExternalOptions;
  #pid = 0;

  private constructor(
    programs: PostgresPrograms,
    user: ServiceUser,
    place: { folder: string; port: number },
    options: ExternalOptions,
  ) {
    this.name = programs.name;
    this.folder = place.folder;
    this.url = `postgresql://${databaseUser}@127.0.0.1:${place.port}/${databaseName}`;
    this.#programs = programs.folder;
    this.#user = user;
    this.#port = place.port;
    this.#options = options;
  }

  static async create(programs: PostgresPrograms, options: ExternalOptions = {}): Promise<ExternalPostgres> {
    const user = await serviceUser([
      join(options.parent ?? tmpdir(), "any"),
      join(programs.folder, "postgres"),
    ]);
    const folder = await mkdtemp(join(options.parent ?? tmpdir(), "posthorn-chaos-"));
    const server = new ExternalPostgres(programs, user, { folder, port: await freePort() }, options);
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
    const args = ["-D", data, "-U", databaseUser, "--auth=trust", "--encoding=UTF8", "--locale=C"];
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
