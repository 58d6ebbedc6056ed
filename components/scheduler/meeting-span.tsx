"use client";

import { useIsHydrated } from "@/components/ui/clock";
import { meetingSpan, spellZone } from "@/lib/format/meeting-time";

type MeetingSpanProps = { start: string; end: string; className?: string };

/** When a meeting takes place, on the reader's clock; in UTC until the browser has told which that is. */
export function MeetingSpan({ start, end, className }: MeetingSpanProps) {
  const timeZone = useReaderZone();
  return (
    <time dateTime={start} className={className} title={spellZone(new Date(start), timeZone)}>
      {meetingSpan(new Date(start), new Date(end), timeZone)}
    </time>
  );
}

/** The reader's time zone. The server does not know it: UTC until hydration has finished. */
export function useReaderZone(): string {
  return useIsHydrated() ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC";
}
