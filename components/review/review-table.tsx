"use client";

import type { Dispatch, SetStateAction } from "react";
import { ReviewRow } from "@/components/review/review-row";
import { Checkbox } from "@/components/ui/checkbox";
import { HeaderCell, Table } from "@/components/ui/table";
import { counted } from "@/lib/format/numbers";
import type { ReviewItem } from "@/lib/schemas/review";

type ReviewTableProps = {
  items: readonly ReviewItem[];
  showOrganization: boolean;
  limited: boolean;
  chosen: ReadonlySet<string>;
  onChosenChange: Dispatch<SetStateAction<ReadonlySet<string>>>;
};

export function ReviewTable({ items, showOrganization, limited, chosen, onChosenChange }: ReviewTableProps) {
  const chosenCount = items.filter(({ endpointId }) => chosen.has(endpointId)).length;
  const chooseAll = (isChosen: boolean) =>
    onChosenChange(new Set(isChosen ? items.map(({ endpointId }) => endpointId) : []));
  // From the current choice: several boxes that were ticked before hydration are told of one after another.
  const choose = (endpointId: string, isChosen: boolean) =>
    onChosenChange((current) => {
      const next = new Set(current);
      if (isChosen) next.add(endpointId);
      else next.delete(endpointId);
      return next;
    });
  return (
    <Table
      caption="Endpoints that need a look"
      head={
        <>
          <HeaderCell className="w-8 pr-0">
            <Checkbox
              label="Select all"
              labelHidden
              checked={chosenCount === items.length}
              indeterminate={chosenCount > 0 && chosenCount < items.length}
              onChange={(event) => chooseAll(event.target.checked)}
            />
          </HeaderCell>
          <HeaderCell>Endpoint</HeaderCell>
          <HeaderCell>Reason</HeaderCell>
          <HeaderCell>Since</HeaderCell>
          <HeaderCell>Time left</HeaderCell>
          <HeaderCell className="md:max-xl:hidden">Last 24 hours</HeaderCell>
          <HeaderCell>Owner</HeaderCell>
        </>
      }
      footer={
        <p className="text-xs text-muted tabular-nums">
          {limited
            ? "These are the most urgent; more appear as they are dealt with."
            : counted(items.length, "endpoint")}
        </p>
      }
    >
      {items.map((item) => (
        <ReviewRow
          key={item.endpointId}
          item={item}
          showOrganization={showOrganization}
          chosen={chosen.has(item.endpointId)}
          onChosenChange={(isChosen) => choose(item.endpointId, isChosen)}
        />
      ))}
    </Table>
  );
}
