import type { JsonSchema } from "@/lib/domain/catalog/event-type-definition";

type Properties = { readonly [name: string]: JsonSchema };

/** Seconds are required, fractions allowed; the offset is UTC in either spelling, and there is no second 60. */
const utcPattern = "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:[0-5]\\d(\\.\\d{1,9})?(Z|\\+00:00)$";

/** Any string, the empty one included: most fields come from forms that people leave blank. */
export function text(title: string, description: string): JsonSchema {
  return { title, description, type: "string" };
}

export function textOrNull(title: string, description: string): JsonSchema {
  return { title, description, type: ["string", "null"] };
}

export function flag(title: string, description: string): JsonSchema {
  return { title, description, type: "boolean" };
}

export function count(title: string, description: string): JsonSchema {
  return { title, description, type: "integer", minimum: 0 };
}

export function oneOf(title: string, description: string, values: readonly string[]): JsonSchema {
  return { title, description, enum: values };
}

/** An ISO 8601 date and time in UTC, which may not be empty. */
export function utcTime(title: string, description: string): JsonSchema {
  return { title, description, type: "string", format: "date-time", pattern: utcPattern };
}

export function utcTimeOrNull(title: string, description: string): JsonSchema {
  return { ...utcTime(title, description), type: ["string", "null"] };
}

export function list(title: string, description: string, items: JsonSchema): JsonSchema {
  return { title, description, type: "array", items };
}

/** An object that has all of these properties and no other. */
export function object(title: string, description: string, properties: Properties): JsonSchema {
  return {
    title,
    description,
    type: "object",
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

/** Like `object`, but `{}` is allowed, too: how a history says that there was or is nothing. */
export function objectOrEmpty(title: string, description: string, properties: Properties): JsonSchema {
  const { required, ...rest } = object(title, description, properties);
  return { ...rest, if: { minProperties: 1 }, then: { required } };
}

/** The schema of an event type's whole `data`. */
export function dataSchema(title: string, description: string, properties: Properties): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    ...object(title, description, properties),
  };
}

/** The person who did something, as the admin panel knows them. */
export function person(title: string, description: string): JsonSchema {
  return object(title, description, {
    userId: text("User id", "The person's identifier on the platform."),
    username: text("User name", "The name the person signs in with, usually an e-mail address."),
    firstName: text("First name", "The person's first name."),
    lastName: text("Last name", "The person's last name."),
  });
}
