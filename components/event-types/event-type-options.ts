import type { MultiSelectOption } from "@/components/ui/multi-select";
import { type BuiltInGroup } from "@/lib/domain/catalog/event-type-definition";
import { builtInGroups } from "@/lib/domain/catalog/built-in-event-types";
import { groupOfEventType } from "@/lib/domain/event-type-name";

/** The group of a type for people: the title of a built-in group, or the first part of an own type's name. */
export function eventTypeGroupTitle(name: string): string {
  const group = groupOfEventType(name);
  return group in builtInGroups ? builtInGroups[group as BuiltInGroup].title : group;
}

/** Event types as the options of a select, by group, in the order given. */
export function eventTypeOptions(names: readonly string[]): MultiSelectOption[] {
  return names.map((name) => ({ value: name, label: name, group: eventTypeGroupTitle(name) }));
}
