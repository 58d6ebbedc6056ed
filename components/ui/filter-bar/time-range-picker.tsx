"use client";

import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useIsHydrated } from "@/components/ui/clock";
import { cn } from "@/components/ui/class-names";
import { FieldFrame } from "@/components/ui/field";
import {
  type TimeRange,
  type TimeRangePreset,
  timeRangePresets,
  toLocalInput,
} from "@/components/ui/filter-bar/time-range";
import { Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import { SegmentedControl } from "@/components/ui/segmented-control";

type TimeRangePickerProps = {
  value: TimeRange;
  onValueChange: (value: TimeRange) => void;
  /** What is in force while nothing is chosen. */
  fallback?: TimeRangePreset;
  presets?: readonly TimeRangePreset[];
};

/** The last hour, day or week, or two moments of one's own. In a URL: UrlTimeRange. */
export function TimeRangePicker({
  value,
  onValueChange,
  fallback = "7d",
  presets = timeRangePresets,
}: TimeRangePickerProps) {
  const [open, setOpen] = useState(false);
  const custom = !value.range && (value.since !== null || value.until !== null);
  return (
    <div className="flex max-w-full flex-wrap items-center gap-1.5">
      <SegmentedControl<TimeRangePreset | "custom">
        label="Time range"
        value={custom ? "custom" : (value.range ?? fallback)}
        onValueChange={(next) =>
          next !== "custom" && onValueChange({ range: next, since: null, until: null })
        }
        options={presets.map((preset) => ({ value: preset, label: preset }))}
      />
      <Popover
        label="Custom time range"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button
            iconOnly={!custom}
            aria-label={custom ? undefined : "Custom time range"}
            className={cn(custom && "border-accent-line bg-accent-soft dark:bg-accent-soft")}
          >
            <CalendarClock aria-hidden />
            {custom && (
              <>
                <span className="sr-only">Custom time range: </span>
                <CustomLabel value={value} />
              </>
            )}
          </Button>
        }
      >
        <CustomForm
          value={value}
          apply={(next) => {
            onValueChange(next);
            setOpen(false);
          }}
        />
      </Popover>
    </div>
  );
}

function CustomLabel({ value: { since, until } }: { value: TimeRange }) {
  // The server does not know the reader's time zone: UTC until hydration has finished.
  const timeZone = useIsHydrated() ? undefined : "UTC";
  const format = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  });
  return (
    <span className="tabular-nums">
      {since ? format.format(since) : "…"} – {until ? format.format(until) : "now"}
    </span>
  );
}

function CustomForm({ value, apply }: { value: TimeRange; apply: (value: TimeRange) => void }) {
  const [since, setSince] = useState(() => (value.since ? toLocalInput(value.since) : ""));
  const [until, setUntil] = useState(() => (value.until ? toLocalInput(value.until) : ""));
  const backwards = since !== "" && until !== "" && since >= until;
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!backwards)
          apply({
            range: null,
            since: since ? new Date(since) : null,
            until: until ? new Date(until) : null,
          });
      }}
    >
      <FieldFrame label="From">
        {(wiring) => (
          <Input {...wiring} type="datetime-local" value={since} onChange={(e) => setSince(e.target.value)} />
        )}
      </FieldFrame>
      <FieldFrame label="To" optional errors={backwards ? ["The end must come after the start."] : []}>
        {(wiring) => (
          <Input {...wiring} type="datetime-local" value={until} onChange={(e) => setUntil(e.target.value)} />
        )}
      </FieldFrame>
      <div className="flex items-center justify-between gap-3">
        <span className="text-xs text-muted">Your local time</span>
        <Button
          type="submit"
          variant="primary"
          size="sm"
          disabled={backwards || (since === "" && until === "")}
        >
          Apply
        </Button>
      </div>
    </form>
  );
}
