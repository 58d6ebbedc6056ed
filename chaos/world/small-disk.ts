import { execFile } from "node:child_process";
import { chmod, mkdtemp, open, rm, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** A file system of its own that can be filled to the last byte without harm to anybody else. */
export interface SmallDisk {
  folder: string;
  /** Leaves no room at all. */
  fill(): Promise<void>;
  free(): Promise<void>;
  remove(): Promise<void>;
}

/** Null where file systems cannot be mounted: not as root, or in a container without the right to. */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk | null> {
  const folder = await mkdtemp(join(tmpdir(), "posthorn-disk-"));
  const options = ["-t", "tmpfs", "-o", `size=${megabytes}m`, "posthorn-chaos", folder];
  const mounted = await execute("mount", options).then(
    () => true,
    () => false,
  );
  if (!mounted) {
    await rmdir(folder);
    return null;
  }
  await chmod(folder, 0o755);
  const ballast = join(folder, "ballast");
  return {
    folder,
    fill: () => writeUntilFull(ballast),
    free: () => rm(ballast, { force: true }),
    remove: async () => {
      await execute("umount", ["--lazy", folder]);
      await rmdir(folder);
    },
  };
}

async function writeUntilFull(file: string): Promise<void> {
  const handle = await open(file, "a");
  try {
    for (let bytes = 2 ** 20; bytes >= 512;) {
      const written = await handle.write(Buffer.alloc(bytes)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOSPC") return { bytesWritten: 0 };
        throw error;
      });
      if (written.bytesWritten === 0) bytes /= 2;
    }
  } finally {
    await handle.close();
  }
}
