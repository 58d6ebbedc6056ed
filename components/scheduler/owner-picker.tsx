"use client";

import { Button } from "@/components/ui/button";
import { useIsHydrated } from "@/components/ui/clock";
import { FieldFrame } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { CalendarOwnerOut } from "@/lib/schemas/meeting";

type OwnerPickerProps = { owners: readonly CalendarOwnerOut[]; chosenId: string; ownId: string };

/** Whose calendar is shown: a plain form that asks for the page again. */
export function OwnerPicker({ owners, chosenId, ownId }: OwnerPickerProps) {
  const isHydrated = useIsHydrated();
  return (
    <form action="/scheduler/book" className="flex max-w-xl items-end gap-2">
      <FieldFrame label="In the calendar of" fieldClassName="flex-1">
        {(wiring) => (
          <Select
            {...wiring}
            key={chosenId}
            name="with"
            defaultValue={chosenId}
            onChange={(event) => event.currentTarget.form?.requestSubmit()}
            options={owners.map(({ id, name, email }) => ({
              value: id,
              label: `${name || email}${id === ownId ? " (you)" : ""}`,
            }))}
          />
        )}
      </FieldFrame>
      {!isHydrated && <Button type="submit">Show</Button>}
    </form>
  );
}
