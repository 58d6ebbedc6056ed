import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import { NoticeListQuery } from "@/lib/schemas/notification";
import { insertMails, listRecipients, type NewMail } from "@/lib/server/db/mail-outbox";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { getNotice, listNoticeEndpoints, listNotices } from "./list-notices";
import { getNoticePreferences, updateNoticePreferences } from "./notice-preferences";
import { retryNotice } from "./retry-notice";

const database = testDatabase();
let deps: Deps;
let admin: Principal;
let endpointId: string;

beforeEach(async () => {
  // Two mails of one millisecond have no order.
  let nowMs = Date.now();
  deps = await createTestDeps(
    database().url,
    { SMTP_URL: "smtp://127.0.0.1:2525", MAIL_FROM: "posthorn@example.com" },
    { clock: () => new Date((nowMs += 1)) },
  );
  admin = await createTestPrincipal(deps);
  endpointId = (await createTestEndpoint(deps, admin.organizationId, "https://a.example/")).id;
});

afterEach(() => closeTestDeps(deps));

async function createMail(changes: Partial<NewMail> = {}): Promise<string> {
  const id = deps.newId();
  const mail: NewMail = {
    id,
    organizationId: admin.organizationId,
    endpointId,
    kind: "disabled",
    recipient: "ada@example.com",
    subject: "Endpoint disabled",
    html: "<p>Disabled</p>",
    text: "Disabled",
    state: "kept",
    createdAt: deps.clock(),
    ...changes,
  };
  await insertMails(deps.sql, [mail]);
  return id;
}

const list = (query: Record<string, string> = {}, principal = admin) =>
  listNotices(deps, principal, NoticeListQuery.parse(query));

describe("listNotices", () => {
  it("lists newest first, page by page", async () => {
    const ids = [await createMail(), await createMail(), await createMail()].map((id) => encodeId("ntc", id));
    const first = await list({ limit: "2" });
    expect(first.items.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    const second = await list({ limit: "2", cursor: first.nextCursor ?? "" });
    expect(second.items.map(({ id }) => id)).toEqual([ids[0]]);
    expect(second.nextCursor).toBeNull();
  });

  it("filters by kind, state and endpoint", async () => {
    const other = await createTestEndpoint(deps, admin.organizationId, "https://b.example/");
    await createMail();
    await createMail({ kind: "recovered", state: "waiting" });
    await createMail({ endpointId: other.id });
    expect((await list({ kind: "recovered" })).items).toHaveLength(1);
    expect((await list({ kind: "recovered,disabled" })).items).toHaveLength(3);
    expect((await list({ state: "KEPT" })).items).toHaveLength(2);
    expect((await list({ endpoint: encodeId("ep", other.id) })).items).toHaveLength(1);
    expect((await listNoticeEndpoints(deps, admin)).map(({ url }) => url)).toEqual([
      "https://a.example/",
      "https://b.example/",
    ]);
  });

  it("shows nothing of another organization, and nothing to a developer", async () => {
    const id = await createMail();
    const stranger = await createTestPrincipal(deps);
    expect((await list({}, stranger)).items).toEqual([]);
    expect(await listNoticeEndpoints(deps, stranger)).toEqual([]);
    await expect(getNotice(deps, stranger, id)).rejects.toMatchObject({ status: 404 });
    await expect(retryNotice(deps, stranger, id)).rejects.toMatchObject({ status: 404 });
    const developer: Principal = { ...admin, role: "developer" };
    await expect(list({}, developer)).rejects.toMatchObject({ status: 403 });
    await expect(getNotice(deps, developer, id)).rejects.toMatchObject({ status: 403 });
    await expect(retryNotice(deps, developer, id)).rejects.toMatchObject({ status: 403 });
  });
});

describe("retryNotice", () => {
  it("lets a kept or failed mail wait again with all of its tries, once", async () => {
    const id = await createMail();
    await deps.sql("UPDATE mail_outbox SET state = 'failed', attempts = 6, last_error = 'Refused'");
    await retryNotice(deps, admin, id);
    expect(await getNotice(deps, admin, id)).toMatchObject({ state: "waiting", attempts: 0 });
    await expect(retryNotice(deps, admin, id)).rejects.toMatchObject({ status: 409 });
  });

  it("is refused without a mail server", async () => {
    const id = await createMail();
    await expect(retryNotice({ ...deps, mailer: null }, admin, id)).rejects.toMatchObject({ status: 409 });
  });
});

describe("notice preferences", () => {
  it("are a member's own, and decide who is written to", async () => {
    expect(await getNoticePreferences(deps, admin)).toHaveLength(5);
    await updateNoticePreferences(deps, admin, ["disabled"]);
    expect(await getNoticePreferences(deps, admin)).toEqual(["disabled"]);
    const recipients = (kind: "disabled" | "recovered") =>
      listRecipients(deps.sql, admin.organizationId, kind, null);
    expect(await recipients("disabled")).toEqual([admin.actorLabel]);
    expect(await recipients("recovered")).toEqual([]);
  });

  it("are not a key's", async () => {
    const key: Principal = { ...admin, kind: "key", userId: null };
    await expect(updateNoticePreferences(deps, key, [])).rejects.toMatchObject({ status: 403 });
  });
});
