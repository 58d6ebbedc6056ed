import { CircleCheck } from "lucide-react";
import { FieldErrors } from "@/components/ui/field";

type FormOutcomeProps = {
  /** Of useActionState. Problems of single fields are shown at the fields. */
  result: { ok: true } | { ok: false; message: string; errors: readonly unknown[] } | null;
  /** What is said after success. */
  done: string;
};

/** Beside the submit button of a form that stays: `<FormOutcome result={result} done="Saved" />`. */
export function FormOutcome({ result, done }: FormOutcomeProps) {
  if (result && !result.ok && result.errors.length === 0) return <FieldErrors errors={[result.message]} />;
  return (
    <span role="status" className="flex items-center gap-1.5 text-xs text-success-text">
      {result?.ok && (
        <>
          <CircleCheck aria-hidden className="size-3.5" />
          {done}
        </>
      )}
    </span>
  );
}
