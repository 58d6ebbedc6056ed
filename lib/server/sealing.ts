import "server-only";
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** Encrypts and decrypts secrets at rest: AES-256-GCM, the key's id beside the text so that keys can be rotated. */
export interface Sealer {
  /** `context` is bound to the text: a value moved to another row or column does not open. */
  seal(plain: string, context: string): string;
  /** Throws when the text was changed, moved, or sealed with a key that is not known; names the key by its id. */
  open(sealed: string, context: string): string;
}

/** The first key seals; all of them open. Each is 32 bytes. */
export function createSealer(keys: readonly Buffer[]): Sealer {
  const byId = new Map(keys.map((key) => [keyId(key), key]));
  const current = keys[0];
  if (!current) throw new Error("A sealer needs a key");
  const currentId = keyId(current);
  return {
    seal(plain, context) {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", current, iv);
      cipher.setAAD(Buffer.from(context));
      const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      const parts = [iv, cipher.getAuthTag(), text].map((part) => part.toString("base64url"));
      return ["v1", currentId, ...parts].join(".");
    },
    open(sealed, context) {
      const [version, id = "", iv = "", tag = "", text = ""] = sealed.split(".");
      const key = byId.get(id);
      if (version !== "v1" || !key)
        throw new Error(
          `A secret was sealed with the key ${id}, which POSTHORN_ENCRYPTION_KEY does not have`,
        );
      const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(iv, "base64url"));
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(Buffer.from(tag, "base64url"));
      return Buffer.concat([decipher.update(Buffer.from(text, "base64url")), decipher.final()]).toString(
        "utf8",
      );
    },
  };
}

/** Names a key without telling anything about it. */
export function keyId(key: Buffer): string {
  return createHash("sha256").update("posthorn key id").update(key).digest("base64url").slice(0, 8);
}

export const secretContext = (endpointId: string): string => `endpoint-secret:${endpointId}`;
export const headersContext = (endpointId: string): string => `endpoint-headers:${endpointId}`;
export const credentialsContext = (serviceAccountId: string): string => `service-account:${serviceAccountId}`;
