import "server-only";
import { createHash, randomBytes } from "node:crypto";

/** For a link that is used once: random, so a plain hash of it is as good as a slow one. */
export function newInvitationToken(): string {
  return randomBytes(24).toString("base64url");
}

export function hashInvitationToken(token: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash("sha256").update(token).digest());
}

/** Where an invitation is accepted with it. */
export function invitationLink(publicUrl: string, token: string): string {
  return `${publicUrl}/invitation?token=${token}`;
}
