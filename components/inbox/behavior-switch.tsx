"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { behaviorWords } from "@/components/inbox/behavior-words";
import type { InboxActions } from "@/components/inbox/inbox-actions";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { toast } from "@/components/ui/toast";
import { type InboxBehavior, inboxBehaviors } from "@/lib/domain/inbox-answer";
import { inboxQueries } from "@/lib/queries/inbox";
import type { InboxPageOut } from "@/lib/schemas/inbox";

type BehaviorSwitchProps = { inbox: InboxPageOut; setBehavior: InboxActions["setBehavior"] };

/** What the inbox answers from the next request on; shown at once and taken back if the server refuses. */
export function BehaviorSwitch({ inbox, setBehavior }: BehaviorSwitchProps) {
  const client = useQueryClient();
  const { queryKey } = inboxQueries.page(inbox.id);
  const show = (behavior: InboxBehavior) =>
    client.setQueryData(queryKey, (page) => page && { ...page, behavior });
  const change = useMutation({
    mutationFn: async (behavior: InboxBehavior) => {
      const result = await setBehavior({ id: inbox.id, behavior });
      if (!result.ok) throw new Error(result.message);
    },
    onMutate: async (behavior) => {
      await client.cancelQueries({ queryKey });
      show(behavior);
    },
    onError: () => toast.error("The answer could not be changed. It stays as it was."),
    onSettled: () => client.invalidateQueries({ queryKey: inboxQueries.all(), refetchType: "active" }),
  });
  return (
    <section
      aria-label="What it answers"
      className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border bg-surface px-3 py-2.5"
    >
      <SegmentedControl
        label="Answer to the next request"
        value={inbox.behavior}
        onValueChange={(behavior) => change.mutate(behavior)}
        options={inboxBehaviors.map((behavior) => ({
          value: behavior,
          label: behaviorWords[behavior].label,
          icon: behaviorWords[behavior].icon,
        }))}
      />
      <p aria-live="polite" className="min-w-0 flex-1 basis-72 text-sm text-muted">
        {behaviorWords[inbox.behavior].sentence}
      </p>
    </section>
  );
}
