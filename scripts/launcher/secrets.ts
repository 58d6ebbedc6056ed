import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, open, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder } from "../make-folder.mjs";

/** What an embedded instance generates once and keeps in `secrets.json` of its data folder, readable by its owner. */
export interface Secrets {
  databasePassword: string;
  sessionSecret: string;
  /** Base64 of 32 bytes. */
  encryptionKey: string;
  /** Of the demo's first admin and its programs; only a demo instance uses them. */
  demoPassword: string;
  demoApiKey: string;
}

/**
 * Reads the secrets, generating those that are missing. Durable before it returns: what is encrypted with a key that
 * a power cut forgets would be lost. Throws where a cluster has lost its secrets, or one of them that it was made with:
 * a new one would open neither it nor what is encrypted in it.
 */
export async function ensureSecrets(dataFolder: string): Promise<Secrets> {
  await makeFolder(dataFolder);
  // Others may pass through, because PostgreSQL runs as another user when we are root; they may not look.
  await chmod(dataFolder, process.getuid?.() === 0 ? 0o711 : 0o700);
  const file = join(dataFolder, "secrets.json");
  const hasCluster = existsSync(join(dataFolder, "postgres"));
  const known = await readKnown(file, hasCluster);
  const lost = hasCluster ? clusterSecrets().filter((name) => !known[name]) : [];
  if (lost.length > 0) throw new Error(`${file} has no ${lost.join(" and no ")}: ${restore}`);
  const secrets: Secrets = {
    databasePassword: known.databasePassword ?? randomBytes(24).toString("base64url"),
    sessionSecret: known.sessionSecret ?? randomBytes(32).toString("base64"),
    encryptionKey: known.encryptionKey ?? randomBytes(32).toString("base64"),
    demoPassword: known.demoPassword ?? randomBytes(9).toString("base64url"),
    demoApiKey: known.demoApiKey ?? `phk_demo_${randomBytes(24).toString("hex")}`,
  };
  if (JSON.stringify(secrets) !== JSON.stringify(known))
    await writeDurably(file, JSON.stringify(secrets, null, 2));
  return secrets;
}

/** The others end sessions or belong to the demo, and a key in the environment takes the generated one's place. */
function clusterSecrets(): (keyof Secrets)[] {
  return process.env.POSTHORN_ENCRYPTION_KEY ? ["databasePassword"] : ["databasePassword", "encryptionKey"];
}

async function readKnown(file: string, hasCluster: boolean): Promise<Partial<Secrets>> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    if (hasCluster) throw new Error(`There is a database, but no ${file}: ${restore}`);
    return "{}";
  });
  try {
    return JSON.parse(text) as Partial<Secrets>;
  } catch {
    throw new Error(`${file} is damaged: ${restore}`);
  }
}

const restore = "restore it from the backup of that folder. The keys in it cannot be made again.";

async function writeDurably(file: string, text: string): Promise<void> {
  const draft = `${file}.new`;
  const handle = await open(draft, "w", 0o600);
  await handle.writeFile(`${text}\n`);
  await handle.sync();
  await handle.close();
  await rename(draft, file);
  // The new name is durable with its folder, not with the file (fsync(2)).
  const folder = await open(dirname(file));
  await folder.sync();
  await folder.close();
}
