"use client";

import { Badge } from "@/components/ui/badge";
import { FormOutcome } from "@/components/ui/form-outcome";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import type { ActionResult } from "@/lib/schemas/action-result";

type OrganizationListProps = {
  organizations: readonly { id: string; name: string; role: string }[];
  /** `org_...` of the one that is shown. */
  currentId: string;
  action: (previous: ActionResult<never> | null, form: FormData) => Promise<ActionResult<never>>;
};

/** The organizations of a person who is in several, with a button to see another. */
export function OrganizationList({ organizations, currentId, action }: OrganizationListProps) {
  const [result, submit] = useFormAction(action);
  return (
    <form action={submit}>
      <ul className="divide-y divide-line">
        {organizations.map(({ id, name, role }) => (
          <li key={id} className="flex items-center gap-3 px-4 py-2.5 text-sm">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{name}</span>
              <span className="block text-xs text-muted capitalize">{role}</span>
            </span>
            {id === currentId ? (
              <Badge tone="accent">Shown now</Badge>
            ) : (
              <SubmitButton
                variant="secondary"
                size="sm"
                name="id"
                value={id}
                aria-label={`Switch to ${name}`}
              >
                Switch
              </SubmitButton>
            )}
          </li>
        ))}
      </ul>
      <FormOutcome result={result} done="Switched" />
    </form>
  );
}
