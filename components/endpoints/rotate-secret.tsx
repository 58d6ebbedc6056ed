"use client";

import { type ReactNode, useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { SelectField } from "@/components/ui/field";

type RotateSecretProps = {
  /** A refusal as a sentence, or null. */
  rotate: (overlapSeconds: number) => Promise<string | null>;
  trigger: ReactNode;
};

const hour = 3_600;
const overlaps = [
  { value: "0", label: "None: the old secret ends now (it leaked)" },
  { value: String(hour), label: "1 hour" },
  { value: String(24 * hour), label: "1 day" },
  { value: String(3 * 24 * hour), label: "3 days" },
  { value: String(7 * 24 * hour), label: "7 days" },
];

/** A new secret; during the overlap requests carry a signature of each, so that receivers change over in peace. */
export function RotateSecret({ rotate, trigger }: RotateSecretProps) {
  const [overlap, setOverlap] = useState(String(24 * hour));
  return (
    <ConfirmDialog
      danger={overlap === "0"}
      title="Rotate the signing secret?"
      description="A new secret signs from now on. The old one signs as well until the overlap ends."
      confirmLabel="Rotate"
      trigger={trigger}
      onConfirm={() => rotate(Number(overlap))}
    >
      <SelectField
        label="Overlap"
        value={overlap}
        onChange={(event) => setOverlap(event.target.value)}
        options={overlaps}
      />
    </ConfirmDialog>
  );
}
