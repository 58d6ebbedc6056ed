import { randomBytes } from "node:crypto";
import { chmod, mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";

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
 * a power cut forgets would be lost.
 */
export async function ensureSecrets(dataFolder: string): Promise<Secrets> {
  await mkdir(dataFolder, { recursive: true });
  // Others may pass through, because PostgreSQL runs as another user when we are root; they may not look.
  await chmod(dataFolder, process.getuid?.() === 0 ? 0o711 : 0o700);
  const file = join(dataFolder, "secrets.json");
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "{}";
    throw error;
  });
  const known = JSON.parse(text) as Partial<Secrets>;
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

async function writeDurably(file: string, text: string): Promise<void> {
  const draft = `${file}.new`;
  const handle = await open(draft, "w", 0o600);
  await handle.writeFile(`${text}\n`);
  await handle.sync();
  await handle.close();
  await rename(draft, file);
}
