import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";

/** The token of `Authorization: Bearer <token>` (RFC 6750), or null. */
export function bearerToken({ headers }: Pick<Request, "headers">): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? null;
}

/** Whether the request carries exactly this token. It takes the same time whatever was sent. */
export function hasBearerToken(request: Pick<Request, "headers">, token: string): boolean {
  return timingSafeEqual(sha256(bearerToken(request) ?? ""), sha256(token));
}

/** Of equal length, whatever is compared. */
function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
