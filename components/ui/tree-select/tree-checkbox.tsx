"use client";

import { CheckMark, checkboxStyle } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import { DottedName } from "@/components/ui/dotted-name";
import type { Mark } from "@/components/ui/tree-select/tree-selection";

type TreeCheckboxProps = {
  mark: Mark;
  /** Without one it is not submitted: what lies above it already says the same. */
  name: string | undefined;
  value: string;
  label: string;
  hint?: string | undefined;
  strong?: boolean;
  "aria-invalid"?: true | undefined;
  onToggle: () => void;
};

/** A native checkbox with the third state, which only a script can set. */
export function TreeCheckbox(props: TreeCheckboxProps) {
  const { mark, name, value, label, hint, strong, onToggle } = props;
  return (
    <label className="flex min-h-8 min-w-0 flex-1 cursor-pointer items-center gap-2.5 py-1 text-sm">
      <span className="grid size-4 shrink-0 place-items-center">
        <input
          type="checkbox"
          name={name}
          value={value}
          checked={mark === "on"}
          aria-invalid={props["aria-invalid"]}
          ref={(input) => {
            if (input) input.indeterminate = mark === "some";
          }}
          onChange={onToggle}
          className={checkboxStyle}
        />
        <CheckMark />
      </span>
      <span className="min-w-0 flex-1">
        <span className={cn("block wrap-anywhere", strong ? "font-medium" : "font-mono text-xs")}>
          <DottedName name={label} />
        </span>
        {hint && <span className="block text-xs text-muted">{hint}</span>}
      </span>
    </label>
  );
}
