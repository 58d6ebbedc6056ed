import "server-only";
import {
  settingConflict,
  settingNames,
  settingProblem,
  valuesForMember,
  type SettingChoices,
  type SettingName,
  type SettingValues,
} from "@/lib/domain/organization-settings";
import type { MeetingPreferencesOut, MeetingPreferencesPatch } from "@/lib/schemas/meeting-preferences";
import { AppError, invalid, type FieldProblem } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { lockOrganization } from "@/lib/server/db/organization-lock";
import { readOwnSettings, readSettings, saveOwnSetting } from "@/lib/server/db/organization-settings";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";

type OwnValues = Partial<SettingValues>;

/** The settings of a member's own calendar. Throws 403 for a key, which has none. */
export async function getMeetingPreferences(
  deps: Deps,
  principal: Principal,
): Promise<MeetingPreferencesOut> {
  const { organizationId, userId } = memberOf(principal);
  const organization = await readSettings(deps.sql, organizationId);
  const own = await readOwnSettings(deps.sql, organizationId, userId);
  return { values: valuesForMember(organization, own), organization };
}

/**
 * Stores what a member chose. What is the same as the organization's is not the member's own: it follows the
 * organization from then on. Throws 422 for what is no value, contradicts another or is the organization's to choose.
 */
export async function updateMeetingPreferences(
  deps: Deps,
  principal: Principal,
  patch: MeetingPreferencesPatch,
): Promise<void> {
  const member = memberOf(principal);
  await deps.transaction(async ({ prisma, sql }) => {
    await lockOrganization(sql, member.organizationId);
    const choices = await readSettings(sql, member.organizationId);
    const before = await readOwnSettings(sql, member.organizationId, member.userId);
    const after = chosenValues(choices, before, patch);
    const changed = settingNames.filter((name) => before[name] !== after[name]);
    if (changed.length === 0) return;
    const now = deps.clock();
    for (const name of changed) await saveOwnSetting(sql, member, name, after[name] ?? null, now);
    const change: AuditedChange = {
      action: "member.calendar_changed",
      target: principal.actor,
      before: picked(valuesForMember(choices, before), changed),
      after: picked(valuesForMember(choices, after), changed),
    };
    await recordAudit(prisma, principal, change, now, deps.newId());
  });
}

function chosenValues(choices: SettingChoices, before: OwnValues, patch: MeetingPreferencesPatch): OwnValues {
  const after: OwnValues = { ...before };
  const problems: FieldProblem[] = [];
  for (const name of settingNames) {
    const value = patch[name];
    if (value === undefined) continue;
    const problem = choices[name].allowUserOverride
      ? settingProblem(name, value)
      : "is the organization's to choose";
    if (problem !== null) problems.push({ path: name, message: problem });
    else if (value === choices[name].value) delete after[name];
    else after[name] = value;
  }
  if (problems.length > 0) throw invalid(problems);
  const conflict = settingConflict(valuesForMember(choices, after));
  if (conflict) throw invalid([{ path: conflict.name, message: conflict.message }]);
  return after;
}

function picked(values: SettingValues, names: readonly SettingName[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

function memberOf({ organizationId, userId }: Principal) {
  if (userId === null) throw new AppError(403, "Only a person has a calendar.");
  return { organizationId, userId };
}
