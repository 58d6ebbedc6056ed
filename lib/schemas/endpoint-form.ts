import { z } from "zod";
import { parseDuration } from "@/lib/format/duration";
import type { ActionResult } from "./action-result";
import { EndpointIn, type SavedEndpointOut } from "./endpoint";
import { maskedValue } from "./endpoint-settings";
import { changedFields, loadedIn } from "./loaded-form";
import { idIn } from "./public-id";

// Forms send text. What a field's text means is decided here; whether it is allowed is EndpointIn's to say, so that
// form and API refuse the same things in the same words.

const text = z.string().default("");
const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]);

const FormFields = z.object({
  url: text,
  description: text,
  eventTypes: texts,
  filter: text,
  successStatus: text,
  onGone: text,
  timeoutSeconds: text,
  retryMode: text,
  retrySchedule: text,
  rateLimitPerSecond: text,
  verificationMethod: text,
  challengeHeader: text,
  preset: text,
  probationAfter: text,
  disableAfter: text,
  window: text,
  warnFailures: text,
  streakDisable: text,
  recoverConsecutive: text,
  volumeDisable: text,
  headerNames: texts,
  headerValues: texts,
  /** Names of stored headers, one for each of the first rows: an empty value there keeps the stored one. */
  storedHeaders: texts,
});
type FormFields = z.output<typeof FormFields>;

/** A whole endpoint from its form, as EndpointIn has it; problems carry EndpointIn's paths. */
export const EndpointForm = FormFields.transform(toInput).pipe(EndpointIn);

/**
 * The settings of an existing endpoint that were changed in its form: the same form with the endpoint's id, and what it
 * held when it was loaded.
 */
export const EndpointSettingsForm = FormFields.extend({ id: idIn("endpoint"), loaded: loadedIn })
  .transform(({ id, loaded, ...fields }, context) => ({ id, loaded, settings: toInput(fields, context) }))
  .transform(({ id, loaded, settings }, context) => {
    const result = EndpointIn.safeParse(settings);
    if (result.success) return { id, settings: changedFields(result.data, loaded, EndpointForm) };
    for (const { path, message } of result.error.issues) context.addIssue({ code: "custom", path, message });
    return z.NEVER;
  });

type Refusals = z.RefinementCtx;

function toInput(fields: FormFields, context: Refusals): z.input<typeof EndpointIn> {
  return {
    url: fields.url.trim(),
    description: fields.description,
    eventTypes: [...new Set(fields.eventTypes.filter((pattern) => pattern !== ""))],
    filter: filterOf(fields.filter, context),
    timeoutSeconds: numberOf(fields.timeoutSeconds),
    retrySchedule: scheduleOf(fields, context),
    rateLimitPerSecond: numberOf(fields.rateLimitPerSecond),
    failurePolicy: policyOf(fields, context),
    headers: headersOf(fields, context),
    ...(fields.successStatus !== "" && { successStatus: fields.successStatus }),
    ...(fields.onGone !== "" && { onGone: fields.onGone }),
    ...(fields.verificationMethod !== "" && {
      verification: {
        method: fields.verificationMethod,
        ...(fields.challengeHeader.trim() !== "" && { challengeHeader: fields.challengeHeader.trim() }),
      },
    }),
  } as z.input<typeof EndpointIn>;
}

function filterOf(given: string, context: Refusals): Record<string, unknown> | null {
  if (given.trim() === "") return null;
  try {
    return JSON.parse(given) as Record<string, unknown>;
  } catch {
    context.addIssue({ code: "custom", path: ["filter"], message: "is not valid JSON" });
    return null;
  }
}

/** Null when empty; what is no number becomes NaN, which the schema refuses in its own words. */
function numberOf(given: string): number | null {
  return given.trim() === "" ? null : Number(given);
}

function scheduleOf({ retryMode, retrySchedule }: FormFields, context: Refusals): string[] | null {
  if (retryMode === "none") return [];
  if (retryMode !== "own") return null;
  const waits = retrySchedule.split(/[\s,]+/).filter((wait) => wait !== "");
  // An empty list would mean no retries at all, which is a choice of its own.
  if (waits.length === 0) {
    const message = "needs at least one wait like 1m, or the choice of no retries";
    context.addIssue({ code: "custom", path: ["retrySchedule"], message });
  }
  return waits;
}

function policyOf(fields: FormFields, context: Refusals): Record<string, unknown> {
  const counted = (names: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(names).flatMap(([name, given]) => (given.trim() === "" ? [] : [[name, Number(given)]])),
    );
  switch (fields.preset) {
    case "streak":
      return {
        preset: "streak",
        ...counted({
          window: fields.window,
          warnFailures: fields.warnFailures,
          disableConsecutive: fields.streakDisable,
          recoverConsecutive: fields.recoverConsecutive,
        }),
      };
    case "volume":
      return { preset: "volume", ...counted({ disableConsecutive: fields.volumeDisable }) };
    default:
      return {
        preset: "chronic",
        ...secondsOf("probationAfterSeconds", fields.probationAfter, context),
        ...secondsOf("disableAfterSeconds", fields.disableAfter, context),
      };
  }
}

function secondsOf(name: string, given: string, context: Refusals): Record<string, number> {
  if (given.trim() === "") return {};
  const durationMs = parseDuration(given);
  if (durationMs !== null && durationMs % 1000 === 0) return { [name]: durationMs / 1000 };
  const message = "must be a duration like 30s, 12h or 3d";
  context.addIssue({ code: "custom", path: ["failurePolicy", name], message });
  return {};
}

function headersOf(
  { headerNames, headerValues, storedHeaders }: FormFields,
  context: Refusals,
): Record<string, string> {
  const headers: [string, string][] = [];
  const seen = new Set<string>();
  for (const [index, given] of headerNames.entries()) {
    const name = given.trim();
    const value = (headerValues[index] ?? "").trim();
    if (name === "" && value === "") continue;
    // An object cannot hold a name twice: the second one would silently win.
    if (seen.has(name.toLowerCase())) {
      context.addIssue({ code: "custom", path: ["headers", name], message: "is given twice" });
    }
    seen.add(name.toLowerCase());
    const isKept = value === "" && storedHeaders[index]?.toLowerCase() === name.toLowerCase();
    headers.push([name, isKept ? maskedValue : value]);
  }
  return Object.fromEntries(headers);
}

/** What a form's action leaves: its answer, and what was entered, for a form that has to be shown again. */
export interface EndpointFormState {
  result: ActionResult<SavedEndpointOut>;
  values: Partial<EndpointFormValues> & { loaded?: string };
}

/** The text of every field, by name. */
export type EndpointFormValues = FormFields;
