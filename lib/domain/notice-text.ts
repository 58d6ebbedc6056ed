import type { Health } from "@/lib/domain/endpoint-health";
import type { NoticeKind } from "@/lib/domain/notice";
import { utcMinute } from "@/lib/domain/utc-minute";

/** What a notice is about, at the moment it is decided. */
export interface NoticeSubject {
  kind: NoticeKind;
  endpointUrl: string;
  endpointDescription: string;
  /** The sentence of the page and the API: the endpoint's statusReason or the transition's detail. */
  reason: string;
  health: Pick<Health, "failingSince" | "probationSince" | "disablesAt" | "memory">;
  now: Date;
}

export type NoticeTone = "success" | "warning" | "danger";

/** A notice in words, before it is laid out. */
export interface NoticeText {
  subject: string;
  heading: string;
  tone: NoticeTone;
  /** A full sentence. */
  reason: string;
  facts: { label: string; value: string }[];
  /** What happens next, and what the reader can do. */
  next: string;
  action: string;
}

type Words = Pick<NoticeText, "heading" | "tone" | "next" | "action"> & { subject: string };

/** Longest endpoint URL in a subject; mail programs cut what is longer, and the mail itself has it whole. */
const subjectUrlMax = 60;

export function describeNotice(about: NoticeSubject): NoticeText {
  const { subject, ...words } = wordsFor(about);
  return {
    ...words,
    subject: `${subject}: ${shortUrl(about.endpointUrl)}`,
    reason: asSentence(about.reason),
    facts: factsOf(about),
  };
}

function wordsFor({ kind, health }: NoticeSubject): Words {
  const disables =
    health.disablesAt === null
      ? ""
      : ` It is disabled with the first failure after ${utcMinute(health.disablesAt)}.`;
  switch (kind) {
    case "probation_started":
      return {
        subject: "Endpoint on probation",
        heading: "Your endpoint is on probation",
        tone: "warning",
        next: `Deliveries go on as before.${disables} One success ends the probation.`,
        action: "See the failed attempts",
      };
    case "probation_reminder":
      return {
        subject: "Endpoint still on probation",
        heading: "Your endpoint is still on probation",
        tone: "warning",
        next: `Nothing has succeeded since the probation began.${disables} One success ends the probation.`,
        action: "See the failed attempts",
      };
    case "disabled":
      return {
        subject: "Endpoint disabled",
        heading: "Your endpoint was disabled",
        tone: "danger",
        next: "Nothing more is sent to it. Once the receiver works again, re-activate the endpoint, then recover the events it missed.",
        action: "See what went wrong",
      };
    case "validation_failed":
      return {
        subject: "Endpoint could not be validated",
        heading: "Your endpoint could not be validated",
        tone: "danger",
        next: "The endpoint is disabled, and nothing is sent to it. Look at what the test was answered, mend the receiver, then activate the endpoint again.",
        action: "See the tests",
      };
    case "recovered":
      return {
        subject: "Endpoint recovered",
        heading: "Your endpoint has recovered",
        tone: "success",
        next: "The probation is over and deliveries go on. Events whose attempts were all used up are not sent again by themselves: recover them from the endpoint's page.",
        action: "See the endpoint",
      };
  }
}

function factsOf({
  kind,
  endpointUrl,
  endpointDescription,
  health,
  now,
}: NoticeSubject): NoticeText["facts"] {
  const isFailing = kind !== "recovered" && kind !== "validation_failed";
  const isOff = kind === "disabled" || kind === "validation_failed";
  const { memory } = health;
  const facts: [label: string, value: string | null][] = [
    ["Endpoint", endpointUrl],
    ["Description", endpointDescription || null],
    ["Failing since", isFailing && health.failingSince ? utcMinute(health.failingSince) : null],
    ["Failed in a row", isFailing && memory.failureCount > 0 ? attempts(memory.failureCount) : null],
    ["Last error", isFailing ? memory.lastFailure : null],
    ["On probation since", isFailing && health.probationSince ? utcMinute(health.probationSince) : null],
    ["Disabled after", isFailing && !isOff && health.disablesAt ? utcMinute(health.disablesAt) : null],
    ["Disabled at", isOff ? utcMinute(now) : null],
  ];
  return facts.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
}

function attempts(count: number): string {
  return count === 1 ? "1 attempt" : `${count.toLocaleString("en")} attempts`;
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A subject is one line, and a URL may be a long one. */
function shortUrl(url: string): string {
  const bare = url.replace(/^https?:\/\//, "").replace(/[\r\n]+/g, " ");
  return bare.length > subjectUrlMax ? `${bare.slice(0, subjectUrlMax - 1)}…` : bare;
}
