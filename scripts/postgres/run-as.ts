import { execFile, type SpawnOptions } from "node:child_process";
import { access, chown, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** How PostgreSQL's programs are started: it refuses to run as root. Null means as the current user. */
export type ServiceUser = { uid: number; gid: number; mayPassClosedFolders: boolean } | null;

/**
 * The user to run PostgreSQL as: the current one, or, for root, `postgres`, which is created when missing
 * (`nobody` where that is not possible). `paths` are what that user has to reach.
 */
export async function serviceUser(paths: readonly string[]): Promise<ServiceUser> {
  if (process.getuid?.() !== 0) return null;
  const user = (await findUser("postgres")) ?? (await createUser()) ?? (await findUser("nobody"));
  if (!user)
    throw new Error("PostgreSQL does not run as root, and there is no user `postgres` to run it as.");
  const closed = await firstClosedFolder(paths, user);
  if (closed === null) return { ...user, mayPassClosedFolders: false };
  if (process.platform === "linux" && (await hasSetpriv())) return { ...user, mayPassClosedFolders: true };
  throw new Error(
    `PostgreSQL does not run as root, and its user cannot reach ${closed}: start Posthorn as another user, ` +
      "move it to a folder that others may enter, or set DATABASE_URL.",
  );
}

/** Command, arguments and options that run `command` as `user`, with the same process id in every case. */
export function asUser(
  user: ServiceUser,
  command: string,
  args: readonly string[],
): { command: string; args: string[]; options: SpawnOptions } {
  // No variable of the caller's shell (PGDATA, PGPORT, LC_ALL, LD_LIBRARY_PATH) may decide anything here.
  const env = { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
  if (user === null) return { command, args: [...args], options: { env } };
  if (!user.mayPassClosedFolders) {
    return { command, args: [...args], options: { env, uid: user.uid, gid: user.gid } };
  }
  // Below /root, say: the one capability that lets another user pass through closed folders. PostgreSQL looks for its
  // own programs with access(2), which takes capabilities into account only with no_setuid_fixup.
  const privileges = [
    "--clear-groups",
    "--securebits=+no_setuid_fixup",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
  ];
  return {
    command: "setpriv",
    args: [`--reuid=${user.uid}`, `--regid=${user.gid}`, ...privileges, "--", command, ...args],
    options: { env },
  };
}

/** Hands a file or folder to the service user; nothing to do when it is the current one. */
export async function giveTo(user: ServiceUser, path: string): Promise<void> {
  if (user !== null) await chown(path, user.uid, user.gid);
}

async function findUser(name: string): Promise<{ uid: number; gid: number } | null> {
  const users = await readFile("/etc/passwd", "utf8").catch(() => "");
  const fields = users
    .split("\n")
    .map((line) => line.split(":"))
    .find((line) => line[0] === name);
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : null;
}

async function createUser(): Promise<{ uid: number; gid: number } | null> {
  await execute("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]).catch(
    () => undefined,
  );
  return findUser("postgres"); // also when another start has just created it
}

async function firstClosedFolder(
  paths: readonly string[],
  user: { uid: number; gid: number },
): Promise<string | null> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let folder = dirname(path); !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  }
  for (const folder of [...folders].sort()) {
    const found = await stat(folder).catch(() => null);
    if (!found) continue;
    const bit = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
    if ((found.mode & bit) === 0) return folder;
  }
  return null;
}

async function hasSetpriv(): Promise<boolean> {
  for (const folder of (process.env.PATH ?? "").split(":")) {
    const found = await access(`${folder}/setpriv`).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}
