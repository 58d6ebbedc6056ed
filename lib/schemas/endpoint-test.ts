import { z } from "zod";
import { isNestedAtMost, jsonDepthMax } from "@/lib/domain/json-value";
import { isStorableText, jsonObject } from "./storable-text";

/** What a test sends: the type's example unless `data` is given. */
export const EndpointTestIn = z.strictObject({
  eventType: z
    .string("must be the name of an event type")
    .max(200, "must be the name of an event type")
    .refine(isStorableText, "must be the name of an event type")
    .optional(),
  data: jsonObject
    .refine(
      (data) => isNestedAtMost(data, jsonDepthMax - 1),
      `must be nested less than ${jsonDepthMax} levels deep`,
    )
    .optional(),
});
export type EndpointTestIn = z.output<typeof EndpointTestIn>;
