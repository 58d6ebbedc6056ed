import { describe, expect, it } from "vitest";
import { builtInDataProblems } from "@/lib/domain/catalog/check-data";
import {
  changeRefusal,
  emailMeetingId,
  meetingChanges,
  meetingData,
  meetingEventType,
  meetingPhase,
  zoomMeetingId,
  type Meeting,
} from "./meeting";

const at = (text: string) => new Date(text);
const meeting: Meeting = {
  id: "01890a5d-ac96-774b-bcce-b302099a8057",
  organizationId: "01890a5d-ac96-774b-bcce-b302099a8058",
  owner: {
    id: "01890a5d-ac96-774b-bcce-b302099a8059",
    email: "ada@example.com",
    firstName: "Ada",
    lastName: "",
  },
  startsAt: at("2026-11-23T10:00:00Z"),
  endsAt: at("2026-11-23T10:30:00Z"),
  canceledAt: null,
  movedCount: 0,
  name: "Pump monitoring",
  location: "https://acme.zoom.us/j/84419520736?pwd=x",
  inviteeName: "Priya Raman",
  inviteeEmail: "priya@example.com",
  optionalInvitees: "",
  formValues: [{ question: "Company", answerText: "" }],
};

describe("meetingPhase", () => {
  it.each([
    ["upcoming", "2026-11-23T09:59:59Z"],
    ["running", "2026-11-23T10:00:00Z"],
    ["running", "2026-11-23T10:29:59Z"],
    ["past", "2026-11-23T10:30:00Z"],
  ] as const)("is %s at %s", (phase, now) => {
    expect(meetingPhase(meeting, at(now))).toBe(phase);
    expect(meetingPhase({ ...meeting, canceledAt: at(now) }, at(now))).toBe("canceled");
  });

  it("allows a change only while the meeting has not begun, and says why not", () => {
    expect(changeRefusal("upcoming")).toBeNull();
    for (const phase of ["running", "past", "canceled"] as const)
      expect(changeRefusal(phase)).toMatch(/neither/);
  });
});

describe("zoomMeetingId", () => {
  it.each([
    ["https://zoom.us/j/84419520736", "84419520736"],
    ["https://acme.zoom.us/j/84419520736?pwd=abc#success", "84419520736"],
    ["https://ACME.ZOOM.US/j/844195207/", "844195207"],
    ["https://agency.zoomgov.com/j/1604419520", "1604419520"],
    ["https://us02web.zoom.us/wc/84419520736/join", "84419520736"],
    ["https://zoom.us/wc/join/84419520736", "84419520736"],
    ["Join at https://zoom.us/w/84419520736", "84419520736"],
  ])("finds the meeting of %s", (location, id) => expect(zoomMeetingId(location)).toBe(id));

  it.each([
    "",
    "Room 4",
    "https://zoom.us/my/ada",
    "https://zoom.us/j/12345",
    "https://zoom.us/j/84419520736/more",
    "https://evilzoom.us/j/84419520736",
    "https://zoom.us.example.com/j/84419520736",
    "https://example.com/?to=zoom.us/j/84419520736",
    "https://[/j/84419520736",
    "ftp://zoom.us/j/84419520736",
  ])("finds none in %j", (location) => expect(zoomMeetingId(location)).toBeNull());
});

describe("meetingData", () => {
  it.each(meetingChanges)("satisfies the schema of a meeting that was %s", (kind) => {
    const changed = {
      ...meeting,
      movedCount: kind === "scheduled" ? 0 : 1,
      canceledAt: kind === "canceled" ? at("2026-11-22T00:00:00Z") : null,
    };
    expect(
      builtInDataProblems(meetingEventType(kind), meetingData(changed, "https://hooks.example")),
    ).toEqual([]);
  });

  it("names meeting, organization and owner as the rest of Posthorn does", () => {
    expect(meetingData(meeting, "https://hooks.example")).toMatchObject({
      id: "mtg_01h455vb4pex5vsknk084sn02q",
      emailMeetingId: "em_01h455vb4pex5vsknk084sn02q",
      organizationId: "org_01h455vb4pex5vsknk084sn02r",
      zoomMeetingId: "84419520736",
      meetingStart: "2026-11-23T10:00:00.000Z",
      isCanceled: false,
      meetingOwner: { userId: "usr_01h455vb4pex5vsknk084sn02s", username: "ada@example.com" },
      meetingInfo: {
        existingEmailMeetingId: null,
        calendarUrl: "https://hooks.example/scheduler/book?with=usr_01h455vb4pex5vsknk084sn02s",
        organizationPath: "org_01h455vb4pex5vsknk084sn02r",
        calendarPath: "usr_01h455vb4pex5vsknk084sn02s",
        surveyQuestions: [],
      },
    });
  });

  it("keeps the conversation of a meeting that is moved", () => {
    const { meetingInfo } = meetingData({ ...meeting, movedCount: 2 }, "https://hooks.example") as {
      meetingInfo: Record<string, unknown>;
    };
    expect(meetingInfo.existingEmailMeetingId).toBe(emailMeetingId(meeting.id));
  });
});
