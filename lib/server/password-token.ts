import "server-only";
import { createHash, randomBytes } from "node:crypto";

// Plain Node runs this, too (scripts/password-link).

/** For a link that is used once: 32 random bytes, so a plain hash of it is as good as a slow one. */
export function newPasswordToken(): string {
  return randomBytes(32).toString("base64url");
}

export function hashPasswordToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** Where a password is chosen with it. */
export function passwordLink(publicUrl: string, token: string): string {
  return `${publicUrl}/reset-password?token=${token}`;
}
