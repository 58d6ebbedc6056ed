import { z } from "zod";

const line = z.string().trim().max(2_000, "is too long for this field");

/** What a developer pastes from the request that did not verify. */
export const SignatureCheckIn = z.strictObject({
  secret: line.min(1, "must not be empty"),
  id: line,
  timestamp: line,
  signature: line,
  body: z.string().max(1_048_576, "must have at most 1 MiB"),
});

/** `expected` is null when the secret cannot sign at all. */
export interface SignatureCheckOut {
  valid: boolean;
  /** One or two sentences. */
  verdict: string;
  expected: string | null;
}
