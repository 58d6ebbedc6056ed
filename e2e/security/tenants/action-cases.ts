import { randomBytes } from "node:crypto";
import type { ReviewResult } from "../../../lib/schemas/review.ts";
import { bookingForm, freeTime } from "../../fixtures/meetings.ts";
import { schedulingForm } from "../../fixtures/scheduling-form.ts";
import type { ActionTry, GuestTry } from "./case.ts";
import type { Belongings } from "./belongings.ts";

type Input = ActionTry["input"];

const unknown = (input: Input, right?: ActionTry["right"]): ActionTry => ({ input, told: 404, right });
const own = (input: Input, right?: ActionTry["right"]): ActionTry => ({ input, told: "own", right });
/** The owner's own call would only be refused for another reason, or is made elsewhere. */
const notInTheEnd = { ownerGets: false } as const;

const args =
  (pick: (theirs: Belongings, mine: Belongings) => readonly unknown[]): Input =>
  (theirs, mine) => ({ args: pick(theirs, mine) });
const form =
  (pick: (theirs: Belongings, mine: Belongings) => Record<string, string | readonly string[]>): Input =>
  (theirs, mine) => ({ form: pick(theirs, mine) });

const guest = (input: Input): GuestTry => ({ guest: true, input: (theirs) => input(theirs, theirs) });
const newPerson = { firstName: "Eve", lastName: "", password: "long enough for anyone" };

const accountForm = {
  type: "Exchange",
  name: "x",
  serverUrl: "https://mail.example",
  userName: "u",
  password: "p",
};
const since = new Date(Date.now() - 3_600_000).toISOString();
const draft = (eventType: string) => ({ eventType, dataText: "{}" });
const typeDraft = (name: string) => ({ name, description: "", schema: '{"type":"object"}', example: "{}" });
const allRefused = (results: readonly ReviewResult[]) => results.every(({ ok, url }) => !ok && url === null);
/** Several at once, which are refused one by one. */
const review = (action: string, all = false): ActionTry => ({
  ...unknown(
    args(({ endpointId, goneEndpointId }) => [
      { endpointIds: [goneEndpointId, endpointId], action, note: "x", all },
    ]),
    all ? "operator" : "admin",
  ),
  refusesWithin: allRefused as (value: never) => boolean,
});

/** Each server action with the owner's ids. In the order in which the owner calls them all in the end. */
export const actionCases: Record<string, (ActionTry | GuestTry)[]> = {
  signInAction: [guest(form(() => ({ email: "nobody@example.com", password: "wrong", next: "/" })))],
  setUpAction: [
    guest(form(() => ({ token: "-", organizationName: "Eve", email: "eve@example.com", ...newPerson }))),
  ],
  acceptInvitationAction: [guest(form(({ invitationId }) => ({ token: invitationId, ...newPerson })))],
  joinOrganizationAction: [
    guest(form(({ invitationId }) => ({ token: invitationId, password: newPerson.password }))),
  ],
  // What is in the table is no token.
  joinSignedInAction: [{ ...own(form(({ invitationId }) => ({ token: invitationId }))), ...notInTheEnd }],

  leaveInvitationAction: [guest(form(({ invitationId }) => ({ token: invitationId })))],

  // What is no address is refused; of what is one nobody learns whether there is an account.
  requestPasswordLinkAction: [guest(form(({ memberId }) => ({ email: memberId })))],
  resetPasswordAction: [
    guest(form(({ invitationId }) => ({ token: invitationId, password: newPerson.password }))),
  ],

  revealSecretAction: [unknown(args(({ endpointId }) => [endpointId]))],
  countReplayAction: [
    unknown(args(({ endpointId }) => [endpointId, { since, scope: "all" }])),
    own(args((theirs, mine) => [mine.endpointId, { since, scope: "all", eventTypes: [theirs.eventType] }])),
  ],
  checkEventDraftAction: [own(args(({ eventType }) => [draft(eventType)]))],
  checkNewEventTypeAction: [
    own(
      args(({ eventType }) => [typeDraft(eventType)]),
      "admin",
    ),
  ],
  checkEventTypeEditAction: [
    own(
      args(({ eventType }) => [typeDraft(eventType)]),
      "admin",
    ),
  ],
  checkSignatureAction: [
    own(form(() => ({ secret: "whsec_x", id: "x", timestamp: "1", signature: "v1,x", body: "" }))),
  ],

  changeProfileAction: [own(form(() => ({ firstName: "Kim", lastName: "" })))],
  changePasswordAction: [
    {
      ...own(form(() => ({ currentPassword: "wrong", newPassword: "another long password" }))),
      ...notInTheEnd,
    },
  ],
  requestOwnPasswordLinkAction: [own(form(() => ({})))],
  disconnectProviderAction: [
    { ...own(form(() => ({ provider: "github", currentPassword: "wrong" }))), ...notInTheEnd },
  ],
  switchOrganizationAction: [unknown(form(({ organizationId }) => ({ id: organizationId })))],
  updateNoticePreferencesAction: [own(form(() => ({ "wanted[]": ["disabled"] })))],
  createApiKeyAction: [
    own(
      form(() => ({ name: "new", "scopes[]": ["events:read"] })),
      "admin",
    ),
  ],
  changeOrganizationProfileAction: [
    own(
      form(() => ({ companyName: "Renamed", webAddress: "", logoUrl: "" })),
      "admin",
    ),
  ],
  addDomainAction: [
    own(
      form(() => ({ domain: `d${randomBytes(4).toString("hex")}.example` })),
      "admin",
    ),
  ],
  changeSchedulingSettingsAction: [
    own(
      form(() => schedulingForm),
      "admin",
    ),
  ],
  addServiceAccountAction: [
    // With a domain that is another organization's it is refused; with one's own it is added.
    own(
      form(({ domain }) => ({ ...accountForm, "domains[]": [domain] })),
      "admin",
    ),
  ],
  editServiceAccountAction: [
    unknown(
      form(({ serviceAccountId }) => ({ ...accountForm, id: serviceAccountId })),
      "admin",
    ),
  ],
  inviteMemberAction: [
    own(
      form(() => ({ email: "new@example.com", role: "developer" })),
      "admin",
    ),
  ],
  changeRoleAction: [
    unknown(
      args(({ memberId }) => [{ userId: memberId, role: "admin" }]),
      "admin",
    ),
  ],
  healDeliveriesAction: [
    own(
      args(() => [{}]),
      "operator",
    ),
  ],
  retryNoticeAction: [
    unknown(
      args(({ noticeId }) => [{ id: noticeId }]),
      "admin",
    ),
  ],

  publishEventDraftAction: [
    { ...own(args(({ eventType }) => [{ ...draft(eventType), idempotencyKey: "" }])) },
  ],
  retryDeliveryAction: [unknown(args(({ deliveryId }) => [{ deliveryId }]))],
  startReplayAction: [unknown(args(({ endpointId }) => [endpointId, { since, scope: "all" }]))],
  cancelReplayAction: [{ ...unknown(args(({ replayId }) => [replayId])), ...notInTheEnd }],
  testEndpointAction: [unknown(args(({ endpointId, eventType }) => [endpointId, eventType, "{}"]))],
  rotateSecretAction: [unknown(args(({ endpointId }) => [endpointId, 60]))],
  createEndpointAction: [own(form(() => ({ url: "http://127.0.0.1:8009/new", "eventTypes[]": ["*"] })))],
  saveEndpointAction: [
    unknown(
      form(({ endpointId }) => ({ id: endpointId, url: "http://127.0.0.1:8009/x", "eventTypes[]": ["*"] })),
    ),
  ],
  setEndpointStateAction: [unknown(form(({ endpointId }) => ({ id: endpointId, state: "disabled" })))],
  activateInboxEndpointAction: [unknown(args(({ spareEndpointId }) => [{ id: spareEndpointId }]))],
  reviewEndpointsAction: [review("seen"), review("activate"), review("disable"), review("seen", true)],

  saveMeetingPreferencesAction: [own(form(() => ({ minimumNotice: "30" })))],
  bookMeetingAction: [unknown(form(({ memberId }) => bookingForm(memberId)))],
  moveMeetingAction: [unknown(form(({ meetingId }) => ({ id: meetingId, start: freeTime(1) })))],
  cancelMeetingAction: [unknown(args(({ meetingId }) => [{ id: meetingId }]))],

  createInboxAction: [own(form(() => ({ name: "second" })))],
  createInboxEndpointAction: [own(args(({ eventType }) => [{ name: "x", eventTypes: [eventType] }]))],
  makeInboxInsteadAction: [
    own(({ eventType }) => ({ onlyForm: { description: "x", "eventTypes[]": [eventType] } })),
  ],
  setInboxBehaviorAction: [unknown(args(({ inboxId }) => [{ id: inboxId, behavior: "fail" }]))],
  clearInboxAction: [unknown(args(({ inboxId }) => [{ id: inboxId }]))],
  deleteInboxAction: [unknown(args(({ inboxId }) => [{ id: inboxId }]))],

  updateEventTypeAction: [
    unknown(
      form(({ spareEventType }) => typeDraft(spareEventType)),
      "admin",
    ),
  ],
  deprecateEventTypeAction: [
    unknown(
      args(({ spareEventType }) => [{ name: spareEventType, deprecated: true }]),
      "admin",
    ),
  ],
  createEventTypeAction: [
    {
      ...own(
        form(({ twinEventType }) => typeDraft(twinEventType)),
        "admin",
      ),
      ...notInTheEnd,
    },
  ],
  deleteEventTypeAction: [
    unknown(
      args(({ spareEventType }) => [{ name: spareEventType }]),
      "admin",
    ),
  ],
  withdrawInvitationAction: [
    unknown(
      args(({ invitationId }) => [{ id: invitationId }]),
      "admin",
    ),
  ],
  removeServiceAccountAction: [
    unknown(
      args(({ serviceAccountId }) => [{ id: serviceAccountId }]),
      "admin",
    ),
  ],
  removeDomainAction: [
    {
      ...unknown(
        args(({ domain }) => [{ domain }]),
        "admin",
      ),
      // An account that serves it is left.
      ...notInTheEnd,
    },
  ],
  revokeApiKeyAction: [
    unknown(
      args(({ keyId }) => [{ id: keyId }]),
      "admin",
    ),
  ],
  removeMemberAction: [
    unknown(
      args(({ memberId }) => [{ userId: memberId }]),
      "admin",
    ),
  ],
  deleteEndpointAction: [unknown(args(({ goneEndpointId }) => [goneEndpointId]))],
  signOutEverywhereAction: [{ ...own(args(() => [{}])), ...notInTheEnd, endsSession: true }],
};
