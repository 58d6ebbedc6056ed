import { TextLink } from "@/components/ui/text-link";
import { counted } from "@/lib/format/numbers";
import type { Announcement } from "@/lib/schemas/configuration-change";

/** Which event a change publishes, and whom it reaches now; two sentences that follow on text. */
export function AnnouncementNote({ what, eventType, endpointCount }: Announcement & { what: string }) {
  return (
    <>
      {what} is published as{" "}
      <TextLink href={`/event-types/${eventType}`} className="font-mono text-xs wrap-anywhere">
        {eventType}
      </TextLink>
      {endpointCount > 0 ? (
        <>, which goes to {counted(endpointCount, "endpoint")} now.</>
      ) : (
        <>
          , which no endpoint receives now. <TextLink href="/endpoints/new">Create one</TextLink>.
        </>
      )}
    </>
  );
}
