import { z } from "zod";
import { auditActionNames, type AuditAction } from "@/lib/domain/audit-actions";
import { choiceIn } from "./choice-in";
import { commaList } from "./comma-list";
import { momentIn, pageQuery } from "./paging";
import { idIn } from "./public-id";
import { storableText } from "./storable-text";

const actorIn = z.string().regex(/^(system|(usr|key)_[a-z0-9]{26})$/, "must be usr_..., key_... or system");

export const AuditQuery = pageQuery.extend({
  /** Words anywhere in an entry: a name, an address, an identifier, a value. */
  search: storableText(200).default(""),
  actor: z.preprocess(commaList, z.array(actorIn).max(50).default([])),
  action: z.preprocess(commaList, z.array(choiceIn(auditActionNames)).default([])),
  since: momentIn.optional(),
  until: momentIn.optional(),
  /** Operators only: of every organization and of the instance. */
  all: z.enum(["0", "1"]).default("0"),
});
export type AuditQuery = z.output<typeof AuditQuery>;

export const AuditEntryParams = z.object({ id: idIn("auditEntry") });

/** Timestamps are ISO 8601. */
export interface AuditEntryOut {
  id: string;
  action: AuditAction;
  /** `usr_...`, `key_...` or `system`, and the name they had. */
  actor: string;
  actorLabel: string;
  target: string | null;
  address: string | null;
  userAgent: string | null;
  /** Null for what concerns the instance alone. */
  organizationName: string | null;
  at: string;
}

export interface AuditEntryDetail extends AuditEntryOut {
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export interface AuditActorOut {
  actor: string;
  actorLabel: string;
}
