import { z } from "zod";
import {
  settingDefinitions,
  settingNames,
  settingProblem,
  weekdays,
  type SettingChoices,
  type SettingDefinition,
  type SettingKind,
  type SettingName,
} from "@/lib/domain/organization-settings";
import { changedFields, loadedIn } from "./loaded-form";
import { lineIn } from "./storable-text";

/** The days that were ticked, as the setting spells them: in the order of the week. An empty text says "none of them". */
const weekdaysIn = z
  .array(z.string())
  .default([])
  .transform((days) => {
    const known = weekdays.filter((day) => days.includes(day));
    return [...known, ...days.filter((day) => day !== "" && !(known as string[]).includes(day))].join(",");
  });

function textOf(kind: SettingKind) {
  if (kind.type === "weekdays") return weekdaysIn;
  return kind.type === "text" ? lineIn(kind.charactersMax) : z.string("must be text").trim();
}

function valueIn(name: SettingName) {
  return textOf(settingDefinitions[name].kind).superRefine((value: string, context) => {
    const problem = settingProblem(name, value);
    if (problem !== null) context.addIssue(problem);
  });
}

/**
 * The form of a module: the value of each of its settings by its name, and the names of those that members may choose
 * for themselves. Its choices are those that differ from what the form held when it was loaded, where it tells: what
 * others have saved since then stays as they left it.
 */
export function settingsIn(module: SettingDefinition["module"]) {
  const names = settingNames.filter((name) => settingDefinitions[name].module === module);
  const values = Object.fromEntries(names.map((name) => [name, valueIn(name)]));
  return z
    .strictObject({
      ...values,
      allowUserOverride: z.array(z.enum(names)).default([]),
      loaded: loadedIn,
    })
    .transform(({ allowUserOverride, loaded, ...chosen }) => {
      const choices = names.map((name) => {
        const value = (chosen as Record<string, string>)[name] ?? "";
        return [name, { value, allowUserOverride: allowUserOverride.includes(name) }];
      });
      return changedFields(Object.fromEntries(choices) as SettingChoices, loaded, LoadedChoices);
    });
}

const LoadedChoices: z.ZodType<Partial<SettingChoices>> = z.record(
  z.string(),
  z.object({ value: z.string(), allowUserOverride: z.boolean() }),
);
