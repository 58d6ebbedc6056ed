"use client";

import { useQueryState } from "nuqs";
import { reviewFilterParsers } from "@/components/review/review-filters";
import { reasonLabels } from "@/components/review/review-words";
import { FilterBar } from "@/components/ui/filter-bar/filter-bar";
import {
  ClearFilters,
  UrlMultiSelect,
  UrlSearch,
  UrlSegmented,
} from "@/components/ui/filter-bar/url-filters";
import { Select } from "@/components/ui/select";
import { type ReviewOut, reviewReasons } from "@/lib/schemas/review";

export const reviewParams = ["q", "reason", "view"];

type ReviewFilterBarProps = { isOperator: boolean; counts: ReviewOut | undefined };

export function ReviewFilterBar({ isOperator, counts }: ReviewFilterBarProps) {
  const count = (value: number | undefined) => (value ? ` ${value}` : "");
  return (
    <FilterBar aside={<SortSelect />}>
      {isOperator && (
        <UrlSegmented
          param="all"
          label="Organizations"
          defaultValue="0"
          options={[
            { value: "0", label: "This organization" },
            { value: "1", label: "All organizations" },
          ]}
        />
      )}
      <UrlSegmented
        param="view"
        label="Seen or not"
        defaultValue="open"
        options={[
          { value: "open", label: `Open${count(counts?.openCount)}` },
          { value: "seen", label: `Seen${count(counts?.seenCount)}` },
          { value: "all", label: "Both" },
        ]}
      />
      <UrlMultiSelect
        param="reason"
        label="Reason"
        options={reviewReasons.map((reason) => ({ value: reason, label: reasonLabels[reason] }))}
      />
      <UrlSearch param="q" label="Search URL, owner or id" shortcut />
      <ClearFilters params={reviewParams} />
    </FilterBar>
  );
}

function SortSelect() {
  const [sort, setSort] = useQueryState("sort", reviewFilterParsers.sort);
  return (
    <Select
      size="sm"
      aria-label="Sort by"
      value={sort}
      onChange={(event) => void setSort(event.target.value as typeof sort)}
      options={[
        { value: "urgent", label: "Most urgent first" },
        { value: "newest", label: "Newest first" },
        { value: "oldest", label: "Oldest first" },
      ]}
    />
  );
}
