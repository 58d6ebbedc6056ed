import type { NoIds, RequestTry } from "./case.ts";

const unknown = (path: RequestTry["path"], right?: RequestTry["right"]): RequestTry => ({
  path,
  told: 404,
  right,
});
const own = (path: RequestTry["path"], right?: RequestTry["right"]): RequestTry => ({
  path,
  told: "own",
  right,
});

const beforeSignIn: NoIds = {
  takesNoIds: "It is for people who are not signed in; what it shows hangs on a token that only they have.",
};

export const pageCases: Record<string, RequestTry[] | NoIds> = {
  "/": [own(() => "/")],
  "/account": [own(() => "/account")],
  "/api-keys": [own(() => "/api-keys", "admin")],
  "/audit-log": [
    own(({ memberId }) => `/audit-log?actor=${memberId}`, "admin"),
    own(({ endpointId }) => `/audit-log?q=${endpointId}`, "admin"),
    own(() => "/audit-log?all=1", "operator"),
  ],
  "/audit-log/[id]": [unknown(({ auditEntryId }) => `/audit-log/${auditEntryId}`, "admin")],
  "/docs": [own(() => "/docs")],
  "/docs/api": [own(() => "/docs/api")],
  "/docs/signature": [own(() => "/docs/signature")],
  "/endpoints": [own(() => "/endpoints?q=findable")],
  "/endpoints/new": [own(() => "/endpoints/new")],
  "/endpoints/[id]": [unknown(({ endpointId }) => `/endpoints/${endpointId}`)],
  "/endpoints/[id]/attempts": [
    unknown(({ endpointId }) => `/endpoints/${endpointId}/attempts`),
    own((theirs, mine) => `/endpoints/${mine.endpointId}/attempts?endpointId=${theirs.endpointId}`),
  ],
  "/endpoints/[id]/history": [unknown(({ endpointId }) => `/endpoints/${endpointId}/history`)],
  "/endpoints/[id]/recover": [unknown(({ endpointId }) => `/endpoints/${endpointId}/recover`)],
  "/endpoints/[id]/secret": [unknown(({ endpointId }) => `/endpoints/${endpointId}/secret`)],
  "/endpoints/[id]/settings": [unknown(({ endpointId }) => `/endpoints/${endpointId}/settings`)],
  "/event-types": [own(() => "/event-types")],
  "/event-types/new": [own(() => "/event-types/new", "admin")],
  "/event-types/[name]": [unknown(({ eventType }) => `/event-types/${eventType}`)],
  "/event-types/[name]/edit": [unknown(({ eventType }) => `/event-types/${eventType}/edit`, "admin")],
  "/events": [
    own(({ eventId }) => `/events?id=${eventId}`),
    own(({ eventType }) => `/events?eventType=${eventType}`),
  ],
  "/events/[id]": [unknown(({ eventId }) => `/events/${eventId}`)],
  "/events/publish": [
    own(({ eventId }) => `/events/publish?from=${eventId}`),
    own(({ eventType }) => `/events/publish?type=${eventType}`),
  ],
  "/forgot-password": beforeSignIn,
  "/inbox": [own(() => "/inbox")],
  "/inbox/[id]": [
    unknown(({ inboxId }) => `/inbox/${inboxId}`),
    own((theirs, mine) => `/inbox/${mine.inboxId}?request=${theirs.inboxRequestId}`),
  ],
  "/invitation": beforeSignIn,
  "/logs": [
    own(({ endpointId }) => `/logs?endpointId=${endpointId}`),
    own(({ eventType }) => `/logs?eventType=${eventType}`),
  ],
  "/logs/[attemptId]": [unknown(({ attemptId }) => `/logs/${attemptId}`)],
  "/members": [own(() => "/members", "admin")],
  "/notifications": [own(({ endpointId }) => `/notifications?endpoint=${endpointId}`, "admin")],
  "/notifications/[id]": [unknown(({ noticeId }) => `/notifications/${noticeId}`, "admin")],
  "/notifications/preferences": [own(() => "/notifications/preferences")],
  "/operations": [own(() => "/operations", "operator")],
  "/reset-password": beforeSignIn,
  "/review": [
    own(() => "/review?view=all&q=findable", "admin"),
    own(() => "/review?view=all&all=1", "operator"),
  ],
  "/scheduler": [
    own(() => "/scheduler"),
    own(({ memberId }) => `/scheduler?owner=${memberId}`),
    own(() => "/scheduler?view=canceled"),
  ],
  "/scheduler/[id]": [unknown(({ meetingId }) => `/scheduler/${meetingId}`)],
  "/scheduler/[id]/move": [unknown(({ meetingId }) => `/scheduler/${meetingId}/move`)],
  "/scheduler/book": [
    own(() => "/scheduler/book"),
    unknown(({ memberId }) => `/scheduler/book?with=${memberId}`),
  ],
  "/scheduler/preferences": [own(() => "/scheduler/preferences")],
  "/settings": [own(() => "/settings", "admin")],
  "/settings/domains": [own(() => "/settings/domains", "admin")],
  "/settings/preferences": [own(() => "/settings/preferences", "admin")],
  "/settings/service-accounts": [own(() => "/settings/service-accounts", "admin")],
  "/settings/service-accounts/new": [own(() => "/settings/service-accounts/new?type=Exchange", "admin")],
  "/settings/service-accounts/[id]": [
    unknown(({ serviceAccountId }) => `/settings/service-accounts/${serviceAccountId}`, "admin"),
  ],
  "/setup": beforeSignIn,
  "/sign-in": beforeSignIn,
};
