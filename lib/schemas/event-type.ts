import { z } from "zod";
import { checkEventTypeName } from "@/lib/domain/event-type-name";
import { eventTypeName } from "./event";
import { pageOf, pageQuery } from "./paging";
import { storableJsonObject, storableText } from "./storable-text";

const newName = z.string("must be the new type's name").superRefine((name, context) => {
  const problem = checkEventTypeName(name);
  if (problem !== null) context.addIssue({ code: "custom", message: problem });
});

const description = storableText(2000);
const schema = storableJsonObject.meta({ description: "JSON Schema 2020-12 of the events' `data`." });
const example = storableJsonObject.meta({
  description: "A realistic `data`, which must satisfy the schema.",
});

export const EventTypeIn = z.strictObject({
  name: newName.meta({
    description: "Two or more parts of a-z, 0-9 and _, joined by dots; not in a built-in namespace.",
    example: "invoice.paid",
  }),
  description: description.default(""),
  schema,
  example,
});

export type EventTypeIn = z.output<typeof EventTypeIn>;

export const EventTypePatch = z.strictObject({
  description: description.optional(),
  schema: schema.optional(),
  example: example.optional(),
  deprecated: z.boolean("must be true or false").optional(),
});

export type EventTypePatch = z.output<typeof EventTypePatch>;

export const EventTypeOut = z.object({
  name: z.string(),
  group: z.string().meta({ description: "The first part of the name." }),
  description: z.string(),
  schema: z.looseObject({}).meta({ description: "JSON Schema 2020-12 of `data`." }),
  example: z.looseObject({}),
  builtIn: z.boolean(),
  deprecated: z.boolean().meta({ description: "Still accepted and delivered; do not build on it." }),
});

export type EventTypeOut = z.output<typeof EventTypeOut>;

export const EventTypePageOut = pageOf(EventTypeOut);

export const EventTypeListQuery = z.strictObject(pageQuery.shape);

export const EventTypeParams = z.object({ name: eventTypeName });
