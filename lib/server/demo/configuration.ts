import "server-only";
import { randomBytes } from "node:crypto";
import { readProfile, saveDomains, saveProfile } from "@/lib/server/db/organization-profile";
import { saveSetting } from "@/lib/server/db/organization-settings";
import { insertServiceAccount } from "@/lib/server/db/service-accounts";
import type { Sql } from "@/lib/server/db/sql";
import { credentialsContext, type Sealer } from "@/lib/server/sealing";

/** What the demo's organization said about itself before its week began. `id` is a new UUIDv7. */
export async function configureDemo(
  sql: Sql,
  sealer: Sealer,
  organizationId: string,
  { id, at }: { id: string; at: Date },
): Promise<void> {
  const profile = await readProfile(sql, organizationId);
  if (!profile) throw new Error("The demo has no organization");
  const webAddress = "https://www.posthorn.example";
  await saveProfile(sql, organizationId, { ...profile, webAddress, logoUrl: `${webAddress}/logo.svg` });
  const domains = ["posthorn.example", "posthorn-labs.example"];
  await saveDomains(sql, organizationId, domains);
  await saveSetting(sql, organizationId, "minimumNotice", { value: "240", allowUserOverride: false }, at);
  const credentials = {
    tenantId: "demo",
    clientId: "demo",
    clientSecret: randomBytes(16).toString("hex"),
  };
  await insertServiceAccount(sql, organizationId, {
    ...{ id, type: "Microsoft", name: "Calendar sync", domains, createdAt: at, updatedAt: at },
    credentialsSealed: sealer.seal(JSON.stringify(credentials), credentialsContext(id)),
  });
}
