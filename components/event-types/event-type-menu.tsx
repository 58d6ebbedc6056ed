"use client";

import { Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { LinkButton } from "@/components/ui/link-button";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/schemas/action-result";

type EventTypeMenuProps = {
  name: string;
  deprecated: boolean;
  deprecate: (input: { name: string; deprecated: boolean }) => Promise<ActionResult<void>>;
  remove: (input: { name: string }) => Promise<ActionResult<void>>;
};

/** What an admin can do with an own event type. */
export function EventTypeMenu({ name, deprecated, deprecate, remove }: EventTypeMenuProps) {
  const router = useRouter();

  async function changeDeprecation() {
    const result = await deprecate({ name, deprecated: !deprecated });
    if (!result.ok) return result.message;
    toast.success(deprecated ? "No longer deprecated" : "Deprecated");
    router.refresh();
  }

  async function removeIt() {
    const result = await remove({ name });
    if (!result.ok) return result.message;
    toast.success(`${name} is deleted`);
    router.push("/event-types");
    router.refresh();
  }

  return (
    <>
      <ConfirmDialog
        title={deprecated ? "Bring this type back?" : "Deprecate this type?"}
        description={
          deprecated
            ? "The mark goes away. Nothing changes for publishers and endpoints."
            : "It is marked in the catalog and in the API. Events of it are accepted and delivered as before."
        }
        confirmLabel={deprecated ? "Bring back" : "Deprecate"}
        onConfirm={changeDeprecation}
        trigger={<Button>{deprecated ? "Bring back" : "Deprecate"}</Button>}
      />
      <ConfirmDialog
        danger
        title="Delete this event type?"
        description="Only a type that nothing uses can be deleted: no event of it is kept, and no endpoint depends on it."
        confirmLabel="Delete"
        onConfirm={removeIt}
        trigger={<Button variant="danger-quiet">Delete</Button>}
      />
      <LinkButton href={`/event-types/${name}/edit`}>
        <Pencil aria-hidden />
        Edit
      </LinkButton>
    </>
  );
}
