import "server-only";
import type { Scope } from "@/lib/schemas/scopes";
import { AppError } from "./app-error";
import type { Actor } from "./delivery/engine";

/** Who acts, for which organization. Every use-case takes one and acts for nobody else. */
export interface Principal extends Actor {
  /** UUID of the organization. */
  organizationId: string;
  kind: "user" | "key";
  /** UUID of the user; null for a key. */
  userId: string | null;
  /** A key acts as a developer, or as an admin when it has the scope. */
  role: "developer" | "admin";
  /** Operators see over all organizations of the instance. */
  isOperator: boolean;
  /** Only for keys; null means that roles decide. */
  scopes: readonly Scope[] | null;
  /** Where the request came from and with what, for the audit log. */
  address: string | null;
  userAgent: string | null;
}

/** Whether the principal is an admin of its organization, or the instance's operator. */
export function isAdmin(principal: Pick<Principal, "role" | "isOperator">): boolean {
  return principal.role === "admin" || principal.isOperator;
}

/** Throws 403 unless the principal is an admin of its organization (or the instance's operator). */
export function requireAdmin(principal: Principal): void {
  if (isAdmin(principal)) return;
  throw new AppError(403, "Only admins of the organization may do this. Ask one of them.");
}

/** Throws 403 unless the principal operates the instance. */
export function requireOperator(principal: Principal): void {
  if (principal.isOperator) return;
  throw new AppError(403, "Only operators of this instance may do this.");
}
