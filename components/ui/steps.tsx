import { Check, Minus, X } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { Spinner } from "@/components/ui/spinner";

export type Step = {
  label: ReactNode;
  state: "done" | "running" | "waiting" | "failed" | "skipped";
  /** Below the label: the answer, when the next try is. */
  detail?: ReactNode;
  /** On the right: when, how long. */
  aside?: ReactNode;
};

const words: Record<Step["state"], string> = {
  done: "done",
  running: "running",
  waiting: "not yet",
  failed: "failed",
  skipped: "skipped",
};

const marks: Record<Step["state"], string> = {
  done: "border-success-line bg-success-soft text-success-text",
  running: "border-accent-line bg-accent-soft text-accent-text",
  waiting: "border-line-strong bg-surface text-subtle",
  failed: "border-danger-line bg-danger-soft text-danger-text",
  skipped: "border-line bg-sunken text-subtle",
};

/** A process, one line per step, joined by a thread: `<Steps label="Activation" steps={[…]} />`. Announces changes. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <>
      <StepNews steps={steps} />
      <ol aria-label={label} className="grid">
        {steps.map((step, index) => (
          <StepLine key={index} step={step} />
        ))}
      </ol>
    </>
  );
}

/** How far it has come. Not the list itself is announced: its times tick. */
function StepNews({ steps }: { steps: readonly Step[] }) {
  const newest = steps.findLast(({ state }) => state !== "waiting" && state !== "skipped");
  return (
    <p role="status" className="sr-only">
      {newest && (
        <>
          {newest.label}, {words[newest.state]}
        </>
      )}
    </p>
  );
}

function StepLine({ step }: { step: Step }) {
  return (
    <li className="group/step relative flex gap-3 pb-4 last:pb-0">
      <span
        aria-hidden
        className="absolute top-6 bottom-1 left-2.5 w-px bg-line-strong group-last/step:hidden"
      />
      <span
        aria-hidden
        className={cn(
          "grid size-5 shrink-0 place-items-center rounded-full border [&>svg]:size-3",
          marks[step.state],
        )}
      >
        <StepMark state={step.state} />
      </span>
      <div className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-4">
        <div className="min-w-0">
          <p className={cn("text-sm font-medium", step.state === "waiting" && "text-muted")}>
            {step.label}
            <span className="sr-only">, {words[step.state]}</span>
          </p>
          {step.detail && <div className="mt-0.5 text-xs break-words text-muted">{step.detail}</div>}
        </div>
        {step.aside && <div className="text-xs text-muted tabular-nums">{step.aside}</div>}
      </div>
    </li>
  );
}

function StepMark({ state }: { state: Step["state"] }) {
  if (state === "done") return <Check strokeWidth={2.5} />;
  if (state === "failed") return <X strokeWidth={2.5} />;
  if (state === "skipped") return <Minus strokeWidth={2.5} />;
  return state === "running" ? <Spinner /> : null;
}
