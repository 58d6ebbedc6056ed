"use client";

import { Eye, Power, PowerOff } from "lucide-react";
import { useState } from "react";
import { actionHints, actionLabels } from "@/components/review/review-words";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FieldFrame } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { counted } from "@/lib/format/numbers";
import { type ReviewAction, type ReviewItem, reviewSelectionMax } from "@/lib/schemas/review";

type ReviewActionBarProps = {
  selected: readonly ReviewItem[];
  /** Resolves to a refusal, or null. */
  onAct: (action: ReviewAction, note: string) => Promise<string | null>;
  onClear: () => void;
};

const icons = { activate: Power, disable: PowerOff, seen: Eye } as const;

/** What can be done to the selection; stays in view at the foot of the window. */
export function ReviewActionBar({ selected, onAct, onClear }: ReviewActionBarProps) {
  return (
    <div
      role="region"
      aria-label="Selection"
      className="sticky bottom-4 z-20 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg bg-raised px-3 py-2 shadow-pop"
    >
      <span aria-live="polite" className="mr-1 text-sm font-medium tabular-nums">
        {counted(selected.length, "endpoint")}
        {selected.length === reviewSelectionMax && " (the most at a time)"}
      </span>
      {(["activate", "disable", "seen"] as const).map((action) => (
        <ActionDialog key={action} action={action} selected={selected} onAct={onAct} />
      ))}
      <Button variant="ghost" size="sm" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}

type ActionDialogProps = Omit<ReviewActionBarProps, "onClear"> & { action: ReviewAction };

function ActionDialog({ action, selected, onAct }: ActionDialogProps) {
  const [note, setNote] = useState("");
  const Icon = icons[action];
  const label = actionLabels[action];
  return (
    <ConfirmDialog
      title={`${label}: ${counted(selected.length, "endpoint")}`}
      description={actionHints[action]}
      confirmLabel={label}
      danger={action === "disable"}
      onConfirm={() => onAct(action, note)}
      trigger={
        <Button size="sm">
          <Icon aria-hidden />
          {label}
        </Button>
      }
    >
      <ul className="max-h-48 overflow-y-auto rounded-md border bg-sunken px-3 py-2 font-mono text-xs leading-5 break-all">
        {selected.map(({ endpointId, url }) => (
          <li key={endpointId}>{url}</li>
        ))}
      </ul>
      {action === "seen" && (
        <FieldFrame label="Note" optional hint="For the other admins: what you found, whom you asked.">
          {(wiring) => (
            <Textarea
              {...wiring}
              rows={2}
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.target.value.replace(/[\r\n]+/g, " "))}
            />
          )}
        </FieldFrame>
      )}
    </ConfirmDialog>
  );
}
