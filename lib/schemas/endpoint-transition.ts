import { z } from "zod";
import { timestampOut } from "./paging";

/** A change of an endpoint's state or status. */
export const TransitionOut = z
  .object({
    kind: z.enum(["state", "status"]),
    from: z.string().nullable().meta({ description: "Null where the endpoint was created." }),
    to: z.string(),
    reason: z.string().meta({ example: "activation_requested" }),
    detail: z.string().nullable().meta({ description: "One sentence for people." }),
    actor: z.string().meta({ description: "`usr_...`, `key_...` or `system`." }),
    actorLabel: z.string(),
    at: timestampOut,
  })
  .meta({ id: "Transition" });
export type TransitionOut = z.output<typeof TransitionOut>;
