"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { LinkButton } from "@/components/ui/link-button";
import type { ActionResult } from "@/lib/schemas/action-result";
import type { MeetingDetail } from "@/lib/schemas/meeting";

type MeetingActionsProps = {
  meeting: MeetingDetail;
  cancel: (input: { id: string }) => Promise<ActionResult<void>>;
};

/** What whoever looks can do with a meeting. */
export function MeetingActions({ meeting, cancel }: MeetingActionsProps) {
  const router = useRouter();
  const { id, inviteeName, moveRefusal, cancelRefusal } = meeting;
  return (
    <>
      {moveRefusal === null && <LinkButton href={`/scheduler/${id}/move`}>Move</LinkButton>}
      {cancelRefusal === null && (
        <ConfirmDialog
          danger
          title="Cancel this meeting?"
          description={`The meeting with ${inviteeName} is called off, its time is free again, and subscribers are told. It cannot be brought back; book another one instead.`}
          confirmLabel="Cancel the meeting"
          dismissLabel="Keep it"
          trigger={<Button variant="danger-quiet">Cancel meeting</Button>}
          onConfirm={async () => {
            const result = await cancel({ id });
            if (!result.ok) return result.message;
            router.replace(`/scheduler/${id}?done=1`);
          }}
        />
      )}
    </>
  );
}
