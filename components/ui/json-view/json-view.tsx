"use client";

import { useMemo, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { type JsonNode, openPaths, parseJsonTree } from "@/components/ui/json-view/json-tree";
import { JsonRow } from "@/components/ui/json-view/json-tree-rows";

const rowsAtFirst = 200;
const rowsExpandedMax = 2_000;
const rawAtOnce = 100_000;

type JsonViewProps = {
  /** Any text; what is not JSON is shown raw. Never read as HTML. */
  text: string;
  /** What it is: "the response body". */
  label: string;
  /** In place of an empty text. */
  emptyText?: string;
  /** Without border and rounding. */
  bare?: boolean;
  /** For instance a maximum height. */
  className?: string;
};

/** A body, pretty as a tree or raw to the byte: `<JsonView label="the response body" text={body} className="max-h-128" />`. */
export function JsonView({ text, label, emptyText = "Empty", bare, className }: JsonViewProps) {
  const tree = useMemo(() => parseJsonTree(text), [text]);
  const [wanted, setWanted] = useState<"pretty" | "raw">("pretty");
  const view = tree ? wanted : "raw";
  return (
    <div className={cn("min-w-0 overflow-hidden bg-sunken", !bare && "rounded-lg border")}>
      <div className="flex h-10 items-center justify-between gap-3 border-b px-2">
        {tree ? (
          <SegmentedControl
            label={`View of ${label}`}
            size="sm"
            value={view}
            onValueChange={setWanted}
            options={[
              { value: "pretty", label: "Pretty" },
              { value: "raw", label: "Raw" },
            ]}
          />
        ) : (
          <span className="px-1 text-xs text-muted">
            {text === "" ? emptyText : "Not JSON, shown as it came"}
          </span>
        )}
        {text !== "" && <CopyButton text={text} label={`Copy ${label}`} />}
      </div>
      {/* A new text starts again from its own first state. */}
      {text !== "" && (
        <div
          key={text}
          className={cn("overflow-auto font-mono text-xs leading-5 text-code-plain", className)}
        >
          {view === "pretty" && tree ? <PrettyView tree={tree} /> : <RawView text={text} label={label} />}
        </div>
      )}
    </div>
  );
}

function PrettyView({ tree }: { tree: JsonNode }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => openPaths(tree, rowsAtFirst));
  function toggle(path: string) {
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(path)) after.add(path);
      return after;
    });
  }
  return (
    <div className="px-2 py-2 leading-6">
      <JsonRow node={tree} name={null} path="" open={open} toggle={toggle} />
      <div className="mt-1.5 flex gap-3 pl-4.5 font-sans text-muted">
        <button
          type="button"
          className="rounded-sm hover:text-fg hover:underline"
          onClick={() => setOpen(openPaths(tree, rowsExpandedMax))}
        >
          Expand
        </button>
        <button
          type="button"
          className="rounded-sm hover:text-fg hover:underline"
          onClick={() => setOpen(new Set([""]))}
        >
          Collapse
        </button>
      </div>
    </div>
  );
}

function RawView({ text, label }: { text: string; label: string }) {
  const [shownCount, setShownCount] = useState(rawAtOnce);
  return (
    <>
      <pre
        role="group"
        aria-label={label}
        tabIndex={0}
        className="px-3 py-2.5 whitespace-pre-wrap wrap-anywhere -outline-offset-2"
      >
        {text.slice(0, shownCount)}
      </pre>
      {shownCount < text.length && (
        <button
          type="button"
          className="mx-3 mb-2.5 rounded-sm font-sans text-accent-text hover:underline"
          onClick={() => setShownCount(shownCount + rawAtOnce)}
        >
          Show more: {text.length - shownCount} characters are left
        </button>
      )}
    </>
  );
}
