import type { Client } from "pg";
import { scopes, type Scope } from "../../../lib/schemas/scopes.ts";
import { backdateSession } from "../../fixtures/sign-in-by-action.ts";
import { makeKey, makeMember, makeOrganization, type Organization } from "./people.ts";

/** What a request is made with. */
export interface Credentials {
  cookie?: string;
  key?: string;
}

/** Everybody who tries, by what the tests call them. */
export interface Visitors {
  nobody: Credentials;
  strangeDeveloper: Credentials;
  strangeAdmin: Credentials;
  strangeKey: Credentials;
  revokedKey: Credentials;
  expiredSession: Credentials;
  removedMember: Credentials;
  /** The owner's own people: an admin with every right, and a developer, who lacks some. */
  ownAdmin: Credentials;
  ownDeveloper: Credentials;
  ownKey: Credentials;
  /** The owner's key with every scope but this one. */
  keyWithout: Record<Scope, Credentials>;
}

interface Gathering {
  database: Client;
  instanceUrl: string;
  sessionSecret: string;
}

export async function gatherVisitors(
  { database, instanceUrl, sessionSecret }: Gathering,
  owner: Organization,
): Promise<Visitors & { stranger: Organization }> {
  const stranger = await makeOrganization(database, instanceUrl, "Strange strangers");
  const removed = await makeMember(database, instanceUrl, {
    organization: owner.uuid,
    role: "admin",
    name: "removed",
  });
  await database.query("DELETE FROM membership WHERE user_id = (SELECT id FROM app_user WHERE email = $1)", [
    removed.email,
  ]);
  const keyWithout = {} as Record<Scope, Credentials>;
  for (const scope of scopes) {
    const rest = scopes.filter((other) => other !== scope);
    keyWithout[scope] = { key: (await makeKey(database, owner.uuid, rest, `no ${scope}`)).key };
  }
  const beyond = 12 * 3_600_000 + 1_000;
  return {
    stranger,
    nobody: {},
    strangeDeveloper: { cookie: stranger.developer.cookie },
    strangeAdmin: { cookie: stranger.admin.cookie },
    strangeKey: { key: stranger.key },
    revokedKey: { key: (await makeKey(database, owner.uuid, scopes, "revoked", true)).key },
    expiredSession: { cookie: await backdateSession(owner.admin.cookie, sessionSecret, beyond) },
    removedMember: { cookie: removed.cookie },
    ownAdmin: { cookie: owner.admin.cookie },
    ownDeveloper: { cookie: owner.developer.cookie },
    ownKey: { key: owner.key },
    keyWithout,
  };
}
