import "server-only";
import {
  settingDefinitions,
  settingNames,
  withDefaults,
  type SettingChoice,
  type SettingChoices,
  type SettingName,
  type SettingValues,
} from "@/lib/domain/organization-settings";
import type { Sql } from "./sql";

/** Every setting of the organization, with the defaults where it chose nothing. */
export async function readSettings(sql: Sql, organizationId: string): Promise<SettingChoices> {
  const rows = await sql<SettingChoice & StoredName>(
    `SELECT module, name, value, allow_user_override AS "allowUserOverride"
     FROM organization_setting WHERE organization_id = $1::uuid`,
    [organizationId],
  );
  const chosen = rows.flatMap(({ value, allowUserOverride, ...stored }) => {
    const name = settingNamed(stored);
    return name ? [[name, { value, allowUserOverride }] as const] : [];
  });
  return withDefaults(Object.fromEntries(chosen));
}

/** Makes `choice` what holds for the organization. */
export async function saveSetting(
  sql: Sql,
  organizationId: string,
  name: SettingName,
  { value, allowUserOverride }: SettingChoice,
  now: Date,
): Promise<void> {
  await sql(
    `INSERT INTO organization_setting (organization_id, module, name, value, allow_user_override, updated_at)
     VALUES ($1::uuid, $2, $3, $4, $5::boolean, $6::timestamptz)
     ON CONFLICT (organization_id, module, name) DO UPDATE
       SET value = excluded.value, allow_user_override = excluded.allow_user_override,
         updated_at = excluded.updated_at`,
    [organizationId, settingDefinitions[name].module, name, value, allowUserOverride, now],
  );
}

/** What a member chose for themselves, whether or not it holds. */
export async function readOwnSettings(
  sql: Sql,
  organizationId: string,
  userId: string,
): Promise<Partial<SettingValues>> {
  const rows = await sql<StoredName & { value: string }>(
    "SELECT module, name, value FROM member_setting WHERE organization_id = $1::uuid AND user_id = $2::uuid",
    [organizationId, userId],
  );
  const own = rows.flatMap(({ value, ...stored }) => {
    const name = settingNamed(stored);
    return name ? [[name, value] as const] : [];
  });
  return Object.fromEntries(own);
}

/** Makes `value` the member's own; null goes back to the organization's. */
export async function saveOwnSetting(
  sql: Sql,
  { organizationId, userId }: { organizationId: string; userId: string },
  name: SettingName,
  value: string | null,
  now: Date,
): Promise<void> {
  const { module } = settingDefinitions[name];
  if (value === null) {
    await sql(
      `DELETE FROM member_setting
       WHERE organization_id = $1::uuid AND user_id = $2::uuid AND module = $3 AND name = $4`,
      [organizationId, userId, module, name],
    );
    return;
  }
  await sql(
    `INSERT INTO member_setting (organization_id, user_id, module, name, value, updated_at)
     VALUES ($1::uuid, $2::uuid, $3, $4, $5, $6::timestamptz)
     ON CONFLICT (organization_id, user_id, module, name) DO UPDATE
       SET value = excluded.value, updated_at = excluded.updated_at`,
    [organizationId, userId, module, name, value, now],
  );
}

interface StoredName {
  module: string;
  name: string;
}

/** Null for what an older or newer version stored and this one does not know. */
function settingNamed({ module, name }: StoredName): SettingName | null {
  return settingNames.find((known) => known === name && settingDefinitions[known].module === module) ?? null;
}
