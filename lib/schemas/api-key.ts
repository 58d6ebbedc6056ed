import { z } from "zod";
import { idIn } from "./public-id";
import { nameIn } from "./person";
import { Scope } from "./scopes";

export const ApiKeyIn = z.strictObject({
  name: nameIn("The name"),
  scopes: z
    .array(Scope)
    .min(1, "Choose at least one scope")
    .transform((chosen) => [...new Set(chosen)]),
});
export type ApiKeyIn = z.output<typeof ApiKeyIn>;

export const ApiKeyId = z.strictObject({ id: idIn("apiKey") });

/** A key as lists show it: never the key itself. Timestamps are ISO 8601. */
export interface ApiKeyOut {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  /** Who made it; null when that person is gone or there was none. */
  createdBy: string | null;
  createdAt: string;
  lastUsedAt: string | null;
}

/** The one answer that holds the key. */
export interface ApiKeyCreatedOut {
  key: string;
  name: string;
}
