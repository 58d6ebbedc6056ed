"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { BehaviorSwitch } from "@/components/inbox/behavior-switch";
import { EmptyInbox } from "@/components/inbox/empty-inbox";
import type { InboxActions } from "@/components/inbox/inbox-actions";
import { InboxHeader } from "@/components/inbox/inbox-header";
import { RequestDetail } from "@/components/inbox/request-detail";
import { RequestList } from "@/components/inbox/request-list";
import { cn } from "@/components/ui/class-names";
import { ErrorState } from "@/components/ui/error-state";
import { inboxQueries } from "@/lib/queries/inbox";

/** One inbox: what it answers, what arrived, and the request that is looked at (`?request=`; else the newest). */
export function InboxView({ id, actions }: { id: string; actions: InboxActions }) {
  const [isEnding, setIsEnding] = useState(false);
  // What is being deleted is not asked for any more: its page is still here while the list of inboxes comes.
  const query = useQuery({ ...inboxQueries.page(id), enabled: !isEnding });
  const [chosen, setChosen] = useQueryState("request", parseAsString.withOptions({ history: "push" }));
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: inboxQueries.page(id).queryKey });

  async function remove(input: { id: string }) {
    setIsEnding(true);
    try {
      const result = await actions.remove(input);
      setIsEnding(result.ok);
      return result;
    } catch (error) {
      setIsEnding(false);
      throw error;
    }
  }

  const inbox = query.data;
  if (!inbox) return <ErrorState onRetry={() => void query.refetch()} retrying={query.isFetching} />;
  const shown = chosen ?? inbox.requests[0]?.id;
  return (
    <>
      <InboxHeader inbox={inbox} actions={{ ...actions, remove }} refresh={refresh} />
      <BehaviorSwitch inbox={inbox} setBehavior={actions.setBehavior} />
      {inbox.requests.length === 0 && chosen === null ? (
        <EmptyInbox inbox={inbox} activate={actions.activate} refresh={refresh} />
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,21rem)_minmax(0,1fr)]">
          <RequestList
            requests={inbox.requests}
            shownId={shown}
            onChoose={(requestId) => void setChosen(requestId)}
            className={cn(chosen !== null && "max-lg:hidden")}
          />
          <div className={cn("min-w-0", chosen === null && "max-lg:hidden")}>
            {shown && (
              <RequestDetail
                inboxId={id}
                requestId={shown}
                isPinned={chosen !== null}
                onBack={() => void setChosen(null)}
              />
            )}
          </div>
        </div>
      )}
    </>
  );
}
