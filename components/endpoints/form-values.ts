import { formatDuration } from "@/lib/format/duration";
import type { EndpointFormValues } from "@/lib/schemas/endpoint-form";
import type { EndpointPage } from "@/lib/schemas/endpoint-page";

/** A new endpoint's form. */
export const newEndpointValues: EndpointFormValues = {
  url: "",
  description: "",
  eventTypes: ["*"],
  filter: "",
  successStatus: "200",
  onGone: "retry",
  timeoutSeconds: "",
  retryMode: "default",
  retrySchedule: "",
  rateLimitPerSecond: "",
  verificationMethod: "test_event",
  challengeHeader: "webhook-verification-challenge",
  preset: "chronic",
  probationAfter: "",
  disableAfter: "",
  window: "",
  warnFailures: "",
  streakDisable: "",
  recoverConsecutive: "",
  volumeDisable: "",
  headerNames: [],
  headerValues: [],
  storedHeaders: [],
};

/** The form of an endpoint that exists: what follows the instance's default is left empty. */
export function endpointFormValues({ endpoint, usesDefaultTimeout }: EndpointPage): EndpointFormValues {
  const { failurePolicy: policy, retrySchedule } = endpoint;
  const names = Object.keys(endpoint.headers);
  const text = (value: number | null | undefined) => (value == null ? "" : String(value));
  const spell = (seconds: number | undefined) =>
    seconds === undefined ? "" : formatDuration(seconds * 1000);
  return {
    ...newEndpointValues,
    url: endpoint.url,
    description: endpoint.description,
    eventTypes: endpoint.eventTypes,
    filter: endpoint.filter ? JSON.stringify(endpoint.filter, null, 2) : "",
    successStatus: endpoint.successStatus,
    onGone: endpoint.onGone,
    timeoutSeconds: usesDefaultTimeout ? "" : text(endpoint.timeoutSeconds),
    retryMode: retrySchedule === null ? "default" : retrySchedule.length === 0 ? "none" : "own",
    retrySchedule: retrySchedule?.join(", ") ?? "",
    rateLimitPerSecond: text(endpoint.rateLimitPerSecond),
    verificationMethod: endpoint.verification.method,
    challengeHeader: endpoint.verification.challengeHeader,
    preset: policy.preset,
    probationAfter: spell(policy.probationAfterSeconds),
    disableAfter: spell(policy.disableAfterSeconds),
    window: text(policy.window),
    warnFailures: text(policy.warnFailures),
    streakDisable: policy.preset === "streak" ? text(policy.disableConsecutive) : "",
    recoverConsecutive: text(policy.recoverConsecutive),
    volumeDisable: policy.preset === "volume" ? text(policy.disableConsecutive) : "",
    headerNames: names,
    headerValues: names.map(() => ""),
    storedHeaders: names,
  };
}
