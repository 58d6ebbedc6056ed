import { z } from "zod";

/** What a test sends: the type's example unless `data` is given. */
export const EndpointTestIn = z.strictObject({
  eventType: z
    .string("must be the name of an event type")
    .max(200, "must be the name of an event type")
    .optional(),
  data: z.record(z.string(), z.unknown(), "must be an object").optional(),
});
export type EndpointTestIn = z.output<typeof EndpointTestIn>;
