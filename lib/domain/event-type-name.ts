import { isReservedName } from "@/lib/domain/catalog/built-in-event-types";

const nameLengthMax = 128;
const namePattern = /^[a-z0-9_]+(?:\.[a-z0-9_]+)+$/;

/** Why an organization cannot register an event type of this name, as a sentence, or null when it can. */
export function checkEventTypeName(name: string): string | null {
  if (name.length > nameLengthMax) return `The name is longer than ${nameLengthMax} characters`;
  if (!namePattern.test(name)) {
    return "A name has two or more parts of a-z, 0-9 and _, joined by dots, like invoice.paid";
  }
  if (isReservedName(name))
    return `Names that begin with ${name.split(".")[0]}. are reserved for built-in event types`;
  return null;
}

/** The group of an event type: the first part of its name. */
export function groupOfEventType(name: string): string {
  return name.split(".")[0]!;
}
