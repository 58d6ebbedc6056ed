import { z } from "zod";

/** What an API key may do (contract, section 5). `admin` includes nothing else: a key is given each scope by name. */
export const scopes = [
  "events:write",
  "events:read",
  "endpoints:read",
  "endpoints:write",
  "deliveries:read",
  "deliveries:write",
  "admin",
] as const;

export const Scope = z.enum(scopes);
export type Scope = (typeof scopes)[number];

export const scopeDescriptions: Record<Scope, string> = {
  "events:write": "Publish events",
  "events:read": "Read events and event types",
  "endpoints:read": "Read endpoints and their history",
  "endpoints:write": "Create, change, activate and delete endpoints, read and rotate their secrets",
  "deliveries:read": "Read deliveries, attempts and statistics",
  "deliveries:write": "Retry deliveries and replay events",
  admin: "Register and change event types",
};
