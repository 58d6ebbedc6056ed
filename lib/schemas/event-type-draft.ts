import { z } from "zod";
import { isNestedAtMost, jsonDepthMax } from "@/lib/domain/json-value";
import { eventTypeName } from "./event";
import { EventTypeIn } from "./event-type";
import { changedFields, loadedIn } from "./loaded-form";

/** JSON as it is typed, parsed for the field it belongs to. */
function jsonText<Field extends z.ZodType>(field: Field) {
  return z
    .string("must be text")
    .max(512 * 1024, "must be smaller than 512 KiB")
    .transform((text, context): unknown => {
      try {
        const value: unknown = JSON.parse(text);
        if (isNestedAtMost(value, jsonDepthMax)) return value;
        context.addIssue(`is nested deeper than ${jsonDepthMax} levels`);
      } catch (error) {
        context.addIssue(`is not JSON: ${error instanceof Error ? error.message : "unknown reason"}`);
      }
      return z.NEVER;
    })
    .pipe(field);
}

const { name, description, schema, example } = EventTypeIn.shape;

/** A new event type as its form sends it: schema and example are text. */
export const EventTypeDraft = z.strictObject({
  name,
  description,
  schema: jsonText(schema),
  example: jsonText(example),
});

const StoredDraft = EventTypeDraft.extend({ name: eventTypeName });

/** What was changed in the form of one that exists since it was loaded; its name stays. */
export const EventTypeEdit = StoredDraft.extend({ loaded: loadedIn }).transform(
  ({ loaded, name, ...draft }) => ({
    name,
    patch: changedFields(draft, loaded, StoredDraft),
  }),
);

/** A draft to be checked: a name that is not finished must not keep schema and example from being checked. */
export const EventTypeDraftToCheck = EventTypeDraft.extend({ name: z.string("must be text").max(1000) });

/** What the form holds. */
export interface EventTypeDraftText {
  name: string;
  description: string;
  schema: string;
  example: string;
}

export const EventTypeDeprecation = z.strictObject({ name: eventTypeName, deprecated: z.boolean() });

export const EventTypeNamed = z.strictObject({ name: eventTypeName });
