import "server-only";
import { isDeepStrictEqual } from "node:util";
import {
  settingConflict,
  settingDefinitions,
  settingNames,
  type SettingChoice,
  type SettingChoices,
  type SettingName,
  type SettingValues,
} from "@/lib/domain/organization-settings";
import type { ConfigurationChangeOut } from "@/lib/schemas/configuration-change";
import { invalid } from "@/lib/server/app-error";
import { readSettings, saveSetting } from "@/lib/server/db/organization-settings";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { changeConfiguration, type ConfigurationChange } from "./change-configuration";

/**
 * Makes other choices hold for the organization; each that is another one publishes an event of its own. Throws 422 for
 * values that contradict each other.
 */
export async function changeOrganizationSettings(
  deps: Deps,
  principal: Principal,
  wanted: Partial<SettingChoices>,
): Promise<ConfigurationChangeOut> {
  const { organizationId } = principal;
  return changeConfiguration(deps, principal, async ({ sql }) => {
    const previous = await readSettings(sql, organizationId);
    const current = { ...previous, ...wanted };
    const conflict = settingConflict(valuesOf(current));
    if (conflict) throw invalid([{ path: conflict.name, message: conflict.message }]);
    const changed = settingNames.filter((name) => !isDeepStrictEqual(previous[name], current[name]));
    for (const name of changed) await saveSetting(sql, organizationId, name, current[name], deps.clock());
    return changed.map((name) => settingChange(name, previous[name], current[name]));
  });
}

function valuesOf(choices: SettingChoices): SettingValues {
  return Object.fromEntries(settingNames.map((name) => [name, choices[name].value])) as SettingValues;
}

function settingChange(
  settingName: SettingName,
  previous: SettingChoice,
  current: SettingChoice,
): ConfigurationChange {
  const { module, name, title, helpText, default: fallback } = settingDefinitions[settingName];
  return {
    eventType: "organization.setting.changed",
    history: { setting: { module, name, default: fallback, title, helpText }, previous, current },
    audit: {
      action: "organization.setting_changed",
      target: `${module}.${name}`,
      before: { ...previous },
      after: { ...current },
    },
  };
}
