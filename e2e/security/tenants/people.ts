import { createHash, randomBytes } from "node:crypto";
import { hash } from "@node-rs/argon2";
import type { Client } from "pg";
import { encodeId, uuidV7 } from "../../../lib/domain/ids.ts";
import { scopes, type Scope } from "../../../lib/schemas/scopes.ts";
import { signInByAction } from "../../fixtures/sign-in-by-action.ts";

/** Someone who is signed in. */
export interface Person {
  userId: string;
  email: string;
  cookie: string;
}

/** An organization with people and keys; there is no public way to make a second one on an instance. */
export interface Organization {
  uuid: string;
  admin: Person;
  developer: Person;
  /** An API key with every scope. */
  key: string;
}

export const newUuid = () => uuidV7(new Date(), randomBytes(10));

export async function makeOrganization(
  database: Client,
  instanceUrl: string,
  name: string,
): Promise<Organization> {
  const uuid = newUuid();
  await database.query("INSERT INTO organization (id, name, created_at) VALUES ($1, $2, now())", [
    uuid,
    name,
  ]);
  return {
    uuid,
    admin: await makeMember(database, instanceUrl, { organization: uuid, role: "admin", name }),
    developer: await makeMember(database, instanceUrl, { organization: uuid, role: "developer", name }),
    key: (await makeKey(database, uuid, scopes, name)).key,
  };
}

interface NewMember {
  organization: string;
  role: "admin" | "developer";
  name: string;
}

export async function makeMember(
  database: Client,
  instanceUrl: string,
  { organization, role, name }: NewMember,
): Promise<Person> {
  const uuid = newUuid();
  const password = randomBytes(18).toString("base64url");
  const email = `${role}.${randomBytes(4).toString("hex")}@${name.split(" ").at(-1)?.toLowerCase()}.example`;
  await database.query(
    `INSERT INTO app_user (id, email, first_name, last_name, password_hash, created_at)
     VALUES ($1, $2, $3, $4, $5, now())`,
    [uuid, email, role, name, await hash(password)],
  );
  await database.query(
    "INSERT INTO membership (organization_id, user_id, role, created_at) VALUES ($1, $2, $3::member_role, now())",
    [organization, uuid, role],
  );
  const cookie = await signInByAction(instanceUrl, email, password);
  return { userId: encodeId("usr", uuid), email, cookie };
}

export async function makeKey(
  database: Client,
  organization: string,
  granted: readonly Scope[],
  name: string,
  isRevoked = false,
): Promise<{ id: string; key: string }> {
  const uuid = newUuid();
  const key = `phk_${randomBytes(24).toString("base64url")}`;
  await database.query(
    `INSERT INTO api_key (id, organization_id, name, prefix, key_hash, scopes, created_at, revoked_at)
     VALUES ($1, $2, $3, $4, $5, $6, now(), CASE WHEN $7 THEN now() END)`,
    [
      uuid,
      organization,
      name,
      key.slice(0, 12),
      createHash("sha256").update(key).digest(),
      granted,
      isRevoked,
    ],
  );
  return { id: encodeId("key", uuid), key };
}
