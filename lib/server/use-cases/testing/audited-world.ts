import "server-only";
import type { AuditAction } from "@/lib/domain/audit-actions";
import { decodeId, encodeId } from "@/lib/domain/ids";
import { BookingIn } from "@/lib/schemas/meeting";
import { ReplayIn } from "@/lib/schemas/replay";
import { insertMails } from "@/lib/server/db/mail-outbox";
import { fanOut } from "@/lib/server/delivery/fan-out";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { acceptInvitation } from "../accept-invitation";
import { bookMeeting } from "../book-meeting";
import { addServiceAccount } from "../change-service-account";
import { createInbox } from "../create-inbox";
import { inviteMember } from "../invite-member";
import { getCalendar } from "../meeting-calendar";
import { startReplay } from "../start-replay";

export const origin = { address: "203.0.113.9", userAgent: "Check/1.0" };
export const password = "correct horse battery";
export const person = { firstName: "Grace", lastName: "Hopper", password };
export const url = "http://127.0.0.1:65000/hook";

const credentials = {
  serverUrl: "https://mail.example",
  userName: "planted-secret",
  password: "planted-secret",
};
export const account = { type: "Exchange" as const, name: "Rooms", domains: [], credentials };

function ordered(eventTimestamp: Date) {
  return { eventType: "shop.ordered", eventTimestamp, data: {}, dataText: "{}" };
}

/** What is to be audited, after all that it needs was arranged. */
export interface Case {
  actions: AuditAction[];
  arrange: () => Promise<() => Promise<unknown>>;
}

export const audits = (actions: AuditAction | AuditAction[], arrange: Case["arrange"]): Case => ({
  actions: [actions].flat(),
  arrange,
});

/** An organization with an admin, and what else a case may need. Identifiers are UUIDs. */
export class AuditedWorld {
  deps!: Deps;
  admin!: Principal & { userId: string; email: string };
  #lastNumber = 0;

  /** Another organization from now on, with nothing in it. */
  async renew(): Promise<void> {
    const made = await createTestPrincipal(this.deps);
    this.admin = { ...made, ...origin, userId: made.userId ?? "", email: made.actorLabel };
  }

  #number(): number {
    return (this.#lastNumber += 1);
  }

  newEmail(): string {
    return `person.${this.#number()}@example.com`;
  }

  /** An event type that nobody has yet. */
  type() {
    return { name: `shop.type_${this.#number()}`, description: "A type", schema: {}, example: {} };
  }

  async endpoint(state: "active" | "disabled" = "active"): Promise<string> {
    return (await createTestEndpoint(this.deps, this.admin.organizationId, url, { state })).id;
  }

  async inbox(): Promise<string> {
    return decodeId("inb", (await createInbox(this.deps, this.admin, { name: "Inbox" })).id) ?? "";
  }

  /** Returns its token. */
  async invitation(email = this.newEmail()): Promise<string> {
    const { link } = await inviteMember(this.deps, this.admin, { email, role: "developer" });
    return new URL(link).searchParams.get("token") ?? "";
  }

  async member(): Promise<string> {
    const token = await this.invitation();
    return (await acceptInvitation(this.deps, { token, ...person }, null)).userId;
  }

  async serviceAccount(): Promise<string> {
    await addServiceAccount(this.deps, this.admin, account);
    const [newest] = await this.deps.sql<{ id: string }>(
      "SELECT id FROM service_account ORDER BY id DESC LIMIT 1",
    );
    return newest?.id ?? "";
  }

  /** A delivery that was given up. */
  async exhausted(): Promise<string> {
    const id = await this.endpoint();
    await fanOut(this.deps, this.deps.sql, this.admin.organizationId, [ordered(this.deps.clock())]);
    const [row] = await this.deps.sql<{ id: string }>(
      "UPDATE delivery SET state = 'exhausted', finished_at = now() WHERE endpoint_id = $1::uuid RETURNING id",
      [id],
    );
    return row!.id;
  }

  async mail(): Promise<string> {
    const id = this.deps.newId();
    const createdAt = this.deps.clock();
    const content = { recipient: "ada@example.com", subject: "Disabled", html: "", text: "", createdAt };
    const about = { organizationId: this.admin.organizationId, endpointId: await this.endpoint() };
    await insertMails(this.deps.sql, [{ id, ...about, ...content, kind: "disabled", state: "kept" }]);
    return id;
  }

  /** Of one event, which waits to be sent. */
  async replay(): Promise<string> {
    await fanOut(this.deps, this.deps.sql, this.admin.organizationId, [ordered(this.deps.clock())]);
    const input = ReplayIn.parse({ since: "2026-01-01T00:00:00Z", scope: "missed" });
    const { replayId } = await startReplay(this.deps, this.admin, await this.endpoint(), input);
    return decodeId("rpl", replayId) ?? "";
  }

  /** The first free times of the admin's own calendar. */
  async freeTimes(): Promise<Date[]> {
    const { days } = await getCalendar(this.deps, this.admin, this.admin.userId);
    return days.flatMap(({ slots }) => slots.map(({ start }) => new Date(start)));
  }

  async booking(): Promise<BookingIn> {
    const [first] = await this.freeTimes();
    const invitee = { inviteeName: "Priya Raman", inviteeEmail: "priya@example.com" };
    const start = first?.toISOString();
    return BookingIn.parse({ with: encodeId("usr", this.admin.userId), start, ...invitee, name: "Review" });
  }

  async meeting(): Promise<string> {
    return decodeId("mtg", (await bookMeeting(this.deps, this.admin, await this.booking())).id) ?? "";
  }
}
