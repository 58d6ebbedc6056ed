import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { statusTones } from "@/components/endpoints/endpoint-words";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Countdown } from "@/components/ui/countdown";
import { Timestamp } from "@/components/ui/timestamp";
import { TextLink } from "@/components/ui/text-link";
import { ToldMoments } from "@/components/ui/told-moments";
import type { Tone } from "@/components/ui/tone";
import { counted } from "@/lib/format/numbers";
import type { AttentionItem } from "@/lib/schemas/overview";

type AttentionListProps = { items: readonly AttentionItem[]; moreCount: number };

/** Endpoints that a person should look at, each with the sentence that says why and what comes next. */
export function AttentionList({ items, moreCount }: AttentionListProps) {
  return (
    <Card
      title="Needs attention"
      flush
      footer={moreCount > 0 && <TextLink href="/endpoints">{counted(moreCount, "more endpoint")}</TextLink>}
    >
      {items.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-5 text-sm text-muted">
          <CircleCheck aria-hidden className="size-4 text-success-text" />
          No endpoint needs you at the moment.
        </p>
      ) : (
        <ul>
          {items.map((item) => (
            <AttentionRow key={item.id} item={item} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function AttentionRow({ item }: { item: AttentionItem }) {
  const { label, tone } = badgeOf(item);
  return (
    <li className="relative border-b px-4 py-3 last:border-b-0 hover:bg-hover">
      <div className="flex items-start justify-between gap-3">
        <Link
          href={`/endpoints/${item.id}`}
          className="min-w-0 text-sm font-medium wrap-anywhere after:absolute after:inset-0"
        >
          {item.description || item.url.replace(/^https?:\/\//, "")}
        </Link>
        <Badge tone={tone} dot={item.state === "validating" ? "pulse" : true} className="shrink-0">
          {label}
        </Badge>
      </div>
      <p className="mt-1 text-xs text-muted wrap-anywhere">
        <ToldMoments text={item.reason ?? fallbackReason(item)} />
      </p>
      <p className="mt-1 text-xs text-subtle">
        {item.state === "disabled" ? "Disabled" : "Began"} <Timestamp at={item.since} />
        <Ahead item={item} />
      </p>
    </li>
  );
}

function Ahead({ item: { disablesAt, validatingUntil } }: { item: AttentionItem }) {
  if (disablesAt) {
    return (
      <>
        , disabled in <Countdown until={disablesAt} pastText="moments, with the next failure" />
      </>
    );
  }
  if (validatingUntil) {
    return (
      <>
        , gives up in <Countdown until={validatingUntil} />
      </>
    );
  }
  return null;
}

function badgeOf({ state, status }: AttentionItem): { label: string; tone: Tone } {
  if (state === "disabled") return { label: "Disabled", tone: "neutral" };
  if (state === "validating") return { label: "Validating", tone: "info" };
  if (status === "probation") return { label: "Probation", tone: statusTones.probation };
  if (status === "failing") return { label: "Failing", tone: "danger" };
  return status === "warning"
    ? { label: "Warning", tone: "warning" }
    : { label: "Failures", tone: "warning" };
}

function fallbackReason({ state, stateReason }: AttentionItem): string {
  if (state === "validating") {
    return "It has not answered the test with 200 yet. The test is sent again until the window closes.";
  }
  if (stateReason === "validation_failed") {
    return "It did not pass its validation in time and was disabled. Mend the receiver, then activate it again.";
  }
  if (state === "disabled")
    return "It was disabled after failures. Mend the receiver, then activate it again.";
  return "Its last attempt failed.";
}
