import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decodeId, encodeId } from "@/lib/domain/ids";
import { BookingIn, MeetingListQuery } from "@/lib/schemas/meeting";
import { saveOwnSetting } from "@/lib/server/db/organization-settings";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { createTestMember } from "@/lib/server/testing/test-member";
import { bookMeeting } from "./book-meeting";
import { cancelMeeting } from "./cancel-meeting";
import { removeMember } from "./change-member";
import { getMeeting, getMeetingMove } from "./get-meeting";
import { listMeetings } from "./list-meetings";
import { getCalendar } from "./meeting-calendar";
import { moveMeeting } from "./move-meeting";

const database = testDatabase();
let deps: Deps;
let admin: Principal;
/** A developer in whose calendar is booked. */
let owner: Principal & { userId: string };
let nowMs: number;

beforeEach(async () => {
  // A Saturday: the first slot is on Monday at nine.
  nowMs = Date.parse("2026-11-21T12:00:00Z");
  deps = await createTestDeps(database().url, {}, { clock: () => new Date(nowMs) });
  admin = await createTestPrincipal(deps, "admin");
  owner = await member("owner@example.com");
});
afterEach(() => closeTestDeps(deps));

async function member(email: string): Promise<Principal & { userId: string }> {
  const userId = await createTestMember(deps, admin.organizationId, "developer", email);
  return { ...admin, userId, role: "developer", actor: encodeId("usr", userId), actorLabel: email };
}

const monday = (clock: string) => `2026-11-23T${clock}:00.000Z`;
const booking = (clock = "09:00", changed: Partial<Record<keyof BookingIn, string>> = {}) =>
  BookingIn.parse({
    with: encodeId("usr", owner.userId),
    start: monday(clock),
    inviteeName: "Priya Raman",
    inviteeEmail: "Priya@Harborline.example",
    optionalInvitees: "tom@harborline.example; Tom@harborline.example, ann@harborline.example",
    name: "Pump monitoring",
    location: "https://acme.zoom.us/j/84419520736",
    company: "Harborline",
    ...changed,
  });

const book = async (...given: Parameters<typeof booking>) =>
  decodeId("mtg", (await bookMeeting(deps, admin, booking(...given))).id) ?? "";
const move = (id: string, clock: string, by: Principal = owner) =>
  moveMeeting(deps, by, { id, start: new Date(monday(clock)) });
const events = () =>
  deps.sql<{ type: string; data: string; deliveries: number }>(
    "SELECT event_type AS type, data, delivery_count AS deliveries FROM event ORDER BY id",
  );
const freeOnMonday = async () => {
  const { days } = await getCalendar(deps, admin, owner.userId);
  return days.find(({ date }) => date === "2026-11-23")?.slots.map(({ start }) => start) ?? [];
};

describe("booking", () => {
  it("takes the time, and publishes the meeting to who subscribes to it", async () => {
    await createTestEndpoint(deps, admin.organizationId, "http://127.0.0.1:9/a", {
      eventTypes: ["scheduling.*"],
    });
    await createTestEndpoint(deps, admin.organizationId, "http://127.0.0.1:9/b", { eventTypes: ["shop.*"] });
    const id = await book();
    expect(await freeOnMonday()).not.toContain(monday("09:00"));
    const [event, ...others] = await events();
    expect(others).toEqual([]);
    expect(event).toMatchObject({ type: "scheduling.smartscheduler.scheduled", deliveries: 1 });
    expect(JSON.parse(event?.data ?? "")).toMatchObject({
      id: encodeId("mtg", id),
      zoomMeetingId: "84419520736",
      meetingStart: monday("09:00"),
      meetingEnd: monday("09:30"),
      isCanceled: false,
      meetingOwner: { userId: owner.actor, username: "owner@example.com" },
      meetingInfo: {
        primaryInvitee: "priya@harborline.example",
        optionalInvitees: "tom@harborline.example, ann@harborline.example",
        calendarUrl: `${deps.settings.publicUrl}/scheduler/book?with=${owner.actor}`,
        formValues: [
          { question: "Company", answerText: "Harborline" },
          { question: "What would you like to talk about?", answerText: "" },
        ],
      },
    });
    expect(deps.tally.acceptedCount).toBe(1);
  });

  it("lets one of many who choose the same time at once have it, and tells the others", async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 8 }, () => bookMeeting(deps, admin, booking())),
    );
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of all) {
      if (one.status === "rejected") {
        expect(one.reason).toMatchObject({ status: 409, errors: [{ path: "start" }] });
      }
    }
    expect(await events()).toHaveLength(1);
    expect(await deps.sql("SELECT id FROM meeting")).toHaveLength(1);
  });

  it("does not book two lengths over each other, however they begin", async () => {
    await book("09:30");
    await saveOwnSetting(
      deps.sql,
      owner as { organizationId: string; userId: string },
      "meetingLength",
      "60",
      deps.clock(),
    );
    await expect(book("09:00")).rejects.toMatchObject({ status: 409 });
    await book("10:00");
  });

  it.each(["08:30", "09:10", "17:00"])("refuses %s, which is no slot", async (clock) => {
    await expect(book(clock)).rejects.toMatchObject({ status: 409 });
    expect(await events()).toEqual([]);
  });

  it("refuses a calendar of another organization's member", async () => {
    const stranger = await createTestPrincipal(deps);
    await expect(bookMeeting(deps, stranger, booking())).rejects.toMatchObject({ status: 404 });
    await expect(getCalendar(deps, stranger, owner.userId)).rejects.toMatchObject({ status: 404 });
  });

  it("stores neither meeting nor event when one of them cannot be", async () => {
    await database().query("ALTER TABLE meeting_change RENAME TO elsewhere");
    await expect(book()).rejects.toThrow();
    expect(await deps.sql("SELECT id FROM meeting")).toEqual([]);
    expect(await events()).toEqual([]);
    await database().query("ALTER TABLE elsewhere RENAME TO meeting_change");
  });
});

describe("moving", () => {
  it("frees the old time, takes the new one and keeps the length", async () => {
    const id = await book();
    await saveOwnSetting(
      deps.sql,
      owner as { organizationId: string; userId: string },
      "meetingLength",
      "60",
      deps.clock(),
    );
    const offered = (await getMeetingMove(deps, owner, id)).calendar?.days[0]?.slots.map(
      ({ start }) => start,
    );
    expect(offered).toContain(monday("09:30"));
    expect(offered).not.toContain(monday("09:00"));
    await move(id, "09:30");
    const meeting = await getMeeting(deps, owner, id);
    expect(meeting).toMatchObject({ start: monday("09:30"), end: monday("10:00"), movedCount: 1 });
    expect(meeting.changes.map(({ kind, actorLabel }) => [kind, actorLabel])).toEqual([
      ["rescheduled", "owner@example.com"],
      ["scheduled", admin.actorLabel],
    ]);
    const [first, second] = (await events()).map(({ type, data }) => ({ type, data: JSON.parse(data) }));
    expect(second?.type).toBe("scheduling.smartscheduler.rescheduled");
    expect(second?.data.emailMeetingId).toBe(first?.data.emailMeetingId);
    expect(second?.data.meetingInfo.existingEmailMeetingId).toBe(first?.data.emailMeetingId);
  });

  it("refuses a time that is taken, and its own", async () => {
    const id = await book("09:00");
    await book("10:00");
    for (const clock of ["10:00", "09:00", "09:10"]) {
      await expect(move(id, clock)).rejects.toMatchObject({ status: 409 });
    }
  });

  it("gives a time to one of two meetings that are moved there at once", async () => {
    const ids = [await book("09:00"), await book("10:00")];
    const both = await Promise.allSettled(ids.map((id) => move(id, "11:00")));
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("canceling", () => {
  it("frees the time, publishes it, and happens once", async () => {
    const id = await book();
    const both = await Promise.allSettled([1, 2].map(() => cancelMeeting(deps, owner, { id })));
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await freeOnMonday()).toContain(monday("09:00"));
    const [, canceled, ...others] = await events();
    expect(others).toEqual([]);
    expect(canceled?.type).toBe("scheduling.smartscheduler.canceled");
    expect(JSON.parse(canceled?.data ?? "")).toMatchObject({ isCanceled: true });
    await expect(move(id, "10:00")).rejects.toMatchObject({ status: 409 });
    await book("09:00");
  });
});

describe("a meeting", () => {
  it("can be changed by its owner and by admins, until it begins", async () => {
    const other = await member("other@example.com");
    const id = await book();
    await expect(move(id, "10:00", other)).rejects.toMatchObject({ status: 403 });
    await expect(cancelMeeting(deps, other, { id })).rejects.toMatchObject({ status: 403 });
    expect(await getMeeting(deps, other, id)).toMatchObject({
      moveRefusal: expect.any(String),
      cancelRefusal: expect.any(String),
    });
    await move(id, "10:00", admin);
    nowMs = Date.parse(monday("10:00"));
    await expect(move(id, "15:00")).rejects.toMatchObject({ status: 409 });
    await expect(cancelMeeting(deps, admin, { id })).rejects.toMatchObject({ status: 409 });
  });

  it("is not there for another organization", async () => {
    const stranger = await createTestPrincipal(deps);
    const id = await book();
    await expect(getMeeting(deps, stranger, id)).rejects.toMatchObject({ status: 404 });
    await expect(move(id, "10:00", stranger)).rejects.toMatchObject({ status: 404 });
    await expect(cancelMeeting(deps, stranger, { id })).rejects.toMatchObject({ status: 404 });
    expect((await list(stranger)).items).toEqual([]);
    expect((await list(stranger, { cursor: encodeId("mtg", id) })).items).toEqual([]);
  });

  it("outlives its owner's account: an admin can still read and cancel it, and nobody moves it", async () => {
    const id = await book();
    await removeMember(deps, admin, { userId: owner.userId });
    expect(await getMeeting(deps, admin, id)).toMatchObject({
      owner: { id: owner.actor, name: "Bo Example", email: "owner@example.com" },
      isOwnerMember: false,
      cancelRefusal: null,
    });
    await expect(move(id, "10:00", admin)).rejects.toMatchObject({ status: 409 });
    expect((await getMeetingMove(deps, admin, id)).calendar).toBeNull();
    await cancelMeeting(deps, admin, { id });
    expect(JSON.parse((await events()).at(-1)?.data ?? "")).toMatchObject({
      meetingOwner: { userId: owner.actor, username: "owner@example.com" },
    });
  });

  it("outlives its events, whose links end with them", async () => {
    const id = await book();
    expect((await getMeeting(deps, admin, id)).changes[0]?.eventId).toMatch(/^evt_/);
    nowMs += deps.settings.retentionMs + 1;
    expect((await getMeeting(deps, admin, id)).changes[0]).toMatchObject({
      eventId: null,
      kind: "scheduled",
    });
  });
});

const list = (by: Principal, query: Record<string, string> = {}) =>
  listMeetings(deps, by, MeetingListQuery.parse(query));

describe("the list", () => {
  const starts = async (query: Record<string, string> = {}) =>
    (await list(admin, query)).items.map(({ start }) => start.slice(8, 16));

  it("has what is ahead in order, what is over and what was canceled the other way round", async () => {
    for (const clock of ["11:00", "09:00", "10:00", "12:00"]) await book(clock);
    const [, second] = (await list(admin)).items;
    await cancelMeeting(deps, admin, { id: decodeId("mtg", second?.id ?? "") ?? "" });
    expect(await starts()).toEqual(["23T09:00", "23T11:00", "23T12:00"]);
    nowMs = Date.parse(monday("11:15"));
    expect(await starts()).toEqual(["23T11:00", "23T12:00"]);
    expect((await list(admin)).items[0]?.phase).toBe("running");
    expect(await starts({ view: "past" })).toEqual(["23T09:00"]);
    expect(await starts({ view: "canceled" })).toEqual(["23T10:00"]);
  });

  it("goes on page by page, without a gap or a repetition", async () => {
    for (const clock of ["09:00", "09:30", "10:00", "10:30", "11:00"]) await book(clock);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(admin, {
        limit: "2",
        ...(cursor && { cursor }),
      });
      seen.push(...page.items.map(({ start }) => start));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(["09:00", "09:30", "10:00", "10:30", "11:00"].map(monday));
    await expect(list(admin, { cursor: "mtg_x" })).rejects.toMatchObject({ status: 422 });
  });

  it("can be of some owners only", async () => {
    const other = await member("other@example.com");
    await book("09:00");
    await bookMeeting(deps, admin, { ...booking("09:00"), with: other.userId });
    expect((await list(admin)).items).toHaveLength(2);
    const { items } = await list(admin, { owner: other.actor });
    expect(items.map((meeting) => meeting.owner.email)).toEqual(["other@example.com"]);
  });
});
