"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { childPath, isContainer, type JsonNode } from "@/components/ui/json-view/json-tree";

const childrenAtOnce = 100;
const stringShownMax = 500;

type JsonRowProps = {
  node: JsonNode;
  /** Null for the root and for the items of an array shown by position. */
  name: string | null;
  path: string;
  open: ReadonlySet<string>;
  toggle: (path: string) => void;
};

/** A value and, when it is open, what it contains. Everything is text. */
export function JsonRow({ node, name, path, open, toggle }: JsonRowProps) {
  const label = name !== null && <span className="text-code-name">{name}</span>;
  if (!isContainer(node) || node.entries.length === 0) {
    return (
      <div className="pl-4.5">
        {label}
        {label && ": "}
        {isContainer(node) ? node.kind === "array" ? "[]" : "{}" : <Leaf node={node} />}
      </div>
    );
  }
  const shown = open.has(path);
  return (
    <>
      <button
        type="button"
        aria-expanded={shown}
        onClick={() => toggle(path)}
        className="flex w-full items-start gap-1 rounded-sm text-left hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          className={cn("mt-1.25 size-3.5 shrink-0 text-subtle", shown && "rotate-90")}
        />
        <span className="min-w-0">
          {label}
          {label && ": "}
          <span className="text-subtle">{summaryOf(node)}</span>
        </span>
      </button>
      {shown && (
        <Children count={node.entries.length}>
          {(from, to) =>
            node.entries.slice(from, to).map(([key, child]) => {
              const below = childPath(path, key);
              return (
                <li key={key}>
                  <JsonRow node={child} name={key} path={below} open={open} toggle={toggle} />
                </li>
              );
            })
          }
        </Children>
      )}
    </>
  );
}

function summaryOf(node: Extract<JsonNode, { entries: unknown }>): string {
  const count = node.entries.length;
  if (node.kind === "array") return `[ ${count} ${count === 1 ? "item" : "items"} ]`;
  return `{ ${count} ${count === 1 ? "key" : "keys"} }`;
}

/** A hundred at a time, so that an array of a hundred thousand does not stop the page. */
function Children({ count, children }: { count: number; children: (from: number, to: number) => ReactNode }) {
  const [to, setTo] = useState(childrenAtOnce);
  return (
    <ul className="ml-1.75 border-l pl-2">
      {children(0, to)}
      {to < count && (
        <li>
          <MoreButton onClick={() => setTo(to + childrenAtOnce)}>{count - to} more</MoreButton>
        </li>
      )}
    </ul>
  );
}

function Leaf({ node }: { node: Extract<JsonNode, { kind: "string" | "literal" }> }) {
  const [all, setAll] = useState(false);
  if (node.kind === "literal") return <span className="text-code-number">{node.text}</span>;
  const text = JSON.stringify(node.value);
  const cut = !all && text.length > stringShownMax;
  return (
    <>
      <span className="text-code-string wrap-anywhere">
        {cut ? `${text.slice(0, stringShownMax)}…` : text}
      </span>
      {cut && <MoreButton onClick={() => setAll(true)}>all {text.length - 2} characters</MoreButton>}
    </>
  );
}

function MoreButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="ml-1 rounded-sm px-1 font-sans text-accent-text hover:underline"
    >
      Show {children}
    </button>
  );
}
