"use client";

import { useQuery } from "@tanstack/react-query";
import { Callout } from "@/components/ui/callout";
import { TextLink } from "@/components/ui/text-link";
import { counted } from "@/lib/format/numbers";
import { replayQueries } from "@/lib/queries/replays";

type UndeliveredBannerProps = {
  id: string;
  /** Never activated: nothing went wrong, and there is something to catch up with. */
  isNew: boolean;
};

/** What an endpoint did not get in the time that is kept, and where to bring it; nothing while there is nothing. */
export function UndeliveredBanner({ id, isNew }: UndeliveredBannerProps) {
  const { data } = useQuery(replayQueries.undelivered(id));
  if (!data) return null;
  const { failed, missed } = data;
  if (failed.matched + missed.matched === 0) return null;
  if (isNew) {
    return (
      <Callout tone="info" title="There is something to catch up with">
        {counted(missed.matched, "event")} that it subscribes to {missed.matched === 1 ? "is" : "are"} still
        kept. Once it is active, they can be sent to it.{" "}
        <TextLink href={`/endpoints/${id}/recover`}>See which</TextLink>
      </Callout>
    );
  }
  const parts = [
    missed.matched > 0 && `${counted(missed.matched, "was", "were")} never sent`,
    failed.matched > 0 && `${counted(failed.matched, "was", "were")} given up`,
  ].filter(Boolean);
  return (
    <Callout tone="info" title="Not everything was delivered">
      Of the events that are kept, {parts.join(" and ")}.{" "}
      <TextLink href={`/endpoints/${id}/recover`}>See which, and recover them</TextLink>
    </Callout>
  );
}
