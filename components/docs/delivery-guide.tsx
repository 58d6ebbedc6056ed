import type { GuideTiming } from "@/lib/schemas/guide-timing";
import { Prose } from "@/components/docs/prose";
import { Card } from "@/components/ui/card";
import { spellDuration } from "@/lib/format/duration";
import { counted } from "@/lib/format/numbers";

export function DeliveryGuide({ timing }: { timing: GuideTiming }) {
  const waits = timing.retryScheduleMs.map(spellDuration);
  return (
    <Card id="answer" title="Answer it">
      <Prose>
        <ul>
          <li>
            <strong>Status 200 is success</strong>; an endpoint can be set to accept any 2xx. Everything else
            is a failure, redirects included: they are not followed.
          </li>
          <li>
            <strong>Answer within {spellDuration(timing.requestTimeoutMs)}.</strong> That covers the
            connection, the headers and the body. Store the event first and do the work afterwards.
          </li>
          <li>
            <strong>
              A failed delivery is {waits.length === 0 ? "not tried again by itself" : "tried again"}
            </strong>{" "}
            {waits.length === 0
              ? "on this instance, unless the endpoint has a schedule of its own."
              : `${counted(waits.length, "time")}, ${listed(waits)} after the attempt before it, give or take a tenth.`}{" "}
            After the last attempt it is exhausted and never sent again by itself.
          </li>
          <li>
            <strong>429 and 503</strong> may carry <code>Retry-After</code>: the next attempt waits at least
            that long, up to a day.
          </li>
          <li>
            <strong>410</strong> says that the receiver is gone. An endpoint can be set to be disabled by it.
          </li>
          <li>
            Events, deliveries and attempts are kept for {spellDuration(timing.retentionMs)}. Until then
            anything can be sent again: one delivery from the log, or all that failed or was missed from the
            endpoint&apos;s page.
          </li>
        </ul>
      </Prose>
    </Card>
  );
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
