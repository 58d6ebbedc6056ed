import "server-only";
import { jsonDepthMax } from "@/lib/domain/json-value";
import {
  apiBurstSeconds,
  apiKeysMax,
  bodyBytesMax,
  endpointsMax,
  eventsPerBatchMax,
  inboxesMax,
  invitationsMax,
  membersMax,
  ownEventTypesMax,
  pageSizeDefault,
  pageSizeMax,
  replayMatchedMax,
  validSecretsMax,
} from "@/lib/domain/limits";

const count = (value: number) => value.toLocaleString("en");

/** Every limit of the API, in words, from the numbers that hold them. `apiRateLimit` is per second; 0: none. */
export function limitsText(apiRateLimit: number): string {
  return [
    `Limits of a request. A body has at most ${bodyBytesMax / 1024 / 1024} MiB (else \`413\`), JSON is nested at most
${jsonDepthMax} levels deep (\`400\`), a batch has at most ${count(eventsPerBatchMax)} events, a page at most
${pageSizeMax} items and ${pageSizeDefault} when no \`limit\` is given, a replay matches at most
${count(replayMatchedMax)} events (\`422\`, with the name of the field).`,
    rateText(apiRateLimit),
    `Limits of an organization: ${count(endpointsMax)} endpoints with ${validSecretsMax} valid secrets each,
${count(ownEventTypesMax)} event types of its own, ${count(apiKeysMax)} API keys in use, ${count(membersMax)} members,
${count(invitationsMax)} open invitations, ${inboxesMax} test inboxes. One more is answered \`409\`.`,
  ].join("\n\n");
}

function rateText(apiRateLimit: number): string {
  if (apiRateLimit === 0) return "This instance does not limit how many requests a key makes.";
  return `Request rate: a key may make ${count(apiRateLimit)} requests per second, and after a pause
${count(apiRateLimit * apiBurstSeconds)} at once; a batch is one request. More are answered \`429\` with
\`Retry-After\` in seconds, and with \`RateLimit-Policy\` and \`RateLimit\` as the IETF drafts them. Nothing of a refused
request was done, so it can be sent again as it is.`;
}
