import { z } from "zod";
import { timestampOut } from "./paging";

const overlap = "must be a whole number of seconds from 0 to 604800 (7 days)";

export const RotateSecretIn = z.strictObject({
  overlapSeconds: z
    .number(overlap)
    .int(overlap)
    .min(0, overlap)
    .max(604_800, overlap)
    .default(86_400)
    .meta({ description: "How long earlier secrets still sign as well; 0 ends all of them now." }),
});
export type RotateSecretIn = z.output<typeof RotateSecretIn>;

const secret = z.string().meta({ example: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" });

export const SecretOut = z
  .object({
    secret,
    previous: z.array(z.object({ secret, expiresAt: timestampOut })),
  })
  .meta({ id: "EndpointSecret" });
export type SecretOut = z.output<typeof SecretOut>;
