// How much of everything one organization may have. The API reference names each (lib/server/openapi/limits.ts).

/** Endpoints: each is looked at for every event that is published. */
export const endpointsMax = 200;
/** API keys in use: enough for every program, few enough to look through. */
export const apiKeysMax = 200;
export const membersMax = 1_000;
/** Invitations that nobody has accepted or withdrawn. */
export const invitationsMax = 200;
/** Event types of an organization's own. */
export const ownEventTypesMax = 1_000;
export const inboxesMax = 10;

/** Secrets of one endpoint that are valid at once: each adds a signature to every request. */
export const validSecretsMax = 5;
/** Largest body of a request to the API, in bytes. */
export const bodyBytesMax = 1024 * 1024;
/**
 * Largest form, in bytes: the largest event with every character escaped and more, so that a field that is too large is
 * told as such. next.config.js says the same to Next.
 */
export const formBytesMax = 4 * 1024 * 1024;
/** Events in one batch. */
export const eventsPerBatchMax = 1_000;
/** Items on one page of a list. */
export const pageSizeMax = 200;
export const pageSizeDefault = 50;
/** Deliveries that one replay makes; a larger one is asked to be split by time. */
export const replayMatchedMax = 100_000;

/** An API key that was quiet may catch up on this many seconds of its request rate at once. */
export const apiBurstSeconds = 5;
