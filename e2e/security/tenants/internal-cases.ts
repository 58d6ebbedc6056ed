import type { NoIds, RequestTry } from "./case.ts";

const unknown = (path: RequestTry["path"]): RequestTry => ({ path, told: 404 });
const own = (path: RequestTry["path"], right?: RequestTry["right"]): RequestTry => ({
  path,
  told: "own",
  right,
});

const root = "/api/internal";

/** What the dashboard's own code asks for, by session. */
export const internalCases: Record<string, RequestTry[] | NoIds> = {
  "GET /api/internal/attempts": [
    unknown(({ endpointId }) => `${root}/attempts?endpointId=${endpointId}`),
    unknown((theirs, mine) => `${root}/attempts?endpointId=${mine.endpointId},${theirs.endpointId}`),
    own(({ attemptId }) => `${root}/attempts?cursor=${attemptId}`),
    own(({ eventType }) => `${root}/attempts?eventType=${eventType}`),
  ],
  "GET /api/internal/attempts/[id]": [unknown(({ attemptId }) => `${root}/attempts/${attemptId}`)],
  "GET /api/internal/attempts/filters": [own(() => `${root}/attempts/filters`)],
  "GET /api/internal/audit": [
    own(({ auditEntryId }) => `${root}/audit?cursor=${auditEntryId}`, "admin"),
    own(({ memberId }) => `${root}/audit?actor=${memberId}`, "admin"),
    own(() => `${root}/audit?search=findable`, "admin"),
    own(() => `${root}/audit?all=1`, "operator"),
  ],
  "GET /api/internal/endpoints": [
    own(({ endpointId }) => `${root}/endpoints?cursor=${endpointId}`),
    own(() => `${root}/endpoints?search=findable`),
  ],
  "GET /api/internal/endpoints/[id]": [unknown(({ endpointId }) => `${root}/endpoints/${endpointId}`)],
  "GET /api/internal/endpoints/[id]/replays": [
    unknown(({ endpointId }) => `${root}/endpoints/${endpointId}/replays`),
  ],
  "GET /api/internal/endpoints/[id]/transitions": [
    unknown(({ endpointId }) => `${root}/endpoints/${endpointId}/transitions`),
    own(
      (theirs, mine) => `${root}/endpoints/${mine.endpointId}/transitions?cursor=${theirs.transitionCursor}`,
    ),
  ],
  "GET /api/internal/endpoints/[id]/undelivered": [
    unknown(({ endpointId }) => `${root}/endpoints/${endpointId}/undelivered`),
  ],
  "GET /api/internal/endpoints/preview": [
    own(({ eventType }) => `${root}/endpoints/preview?eventTypes=${eventType}&filter={}`),
  ],
  "GET /api/internal/events": [
    own(({ eventId }) => `${root}/events?id=${eventId}`),
    own(({ eventId }) => `${root}/events?cursor=${eventId}`),
    own(({ eventType }) => `${root}/events?eventTypes=${eventType}`),
  ],
  "GET /api/internal/events/[id]": [unknown(({ eventId }) => `${root}/events/${eventId}`)],
  "GET /api/internal/inbox": [own(() => `${root}/inbox`)],
  "GET /api/internal/inbox/[id]": [unknown(({ inboxId }) => `${root}/inbox/${inboxId}`)],
  "GET /api/internal/inbox/[id]/requests/[requestId]": [
    unknown(({ inboxId, inboxRequestId }) => `${root}/inbox/${inboxId}/requests/${inboxRequestId}`),
    { ...unknown((theirs, mine) => `${root}/inbox/${mine.inboxId}/requests/${theirs.inboxRequestId}`) },
    { ...unknown((theirs, mine) => `${root}/inbox/${theirs.inboxId}/requests/${mine.inboxRequestId}`) },
  ],
  "GET /api/internal/notifications": [
    own(({ endpointId }) => `${root}/notifications?endpoint=${endpointId}`, "admin"),
    own(({ noticeId }) => `${root}/notifications?cursor=${noticeId}`, "admin"),
  ],
  "GET /api/internal/notifications/[id]": [
    { ...unknown(({ noticeId }) => `${root}/notifications/${noticeId}`), right: "admin" },
  ],
  "GET /api/internal/operations": [own(() => `${root}/operations`, "operator")],
  "GET /api/internal/overview": [own(() => `${root}/overview`)],
  "GET /api/internal/review": [
    own(() => `${root}/review?view=all&search=findable`, "admin"),
    own(() => `${root}/review?view=all&all=1`, "operator"),
  ],
  "GET /api/internal/scheduler": [
    own(() => `${root}/scheduler`),
    own(({ meetingId }) => `${root}/scheduler?cursor=${meetingId}`),
    own(({ memberId }) => `${root}/scheduler?owner=${memberId}`),
  ],
};
