"use client";

import { kindHints, kindLabels } from "@/components/notifications/notice-words";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { FormOutcome } from "@/components/ui/form-outcome";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { noticeKinds, type NoticeKind } from "@/lib/domain/notice";
import type { ActionResult } from "@/lib/schemas/action-result";

type NoticePreferencesFormProps = {
  wanted: readonly NoticeKind[];
  action: (
    previous: ActionResult<NoticeKind[]> | null,
    form: FormData,
  ) => Promise<ActionResult<NoticeKind[]>>;
};

/** Which mails a member wants. Works before hydration: the ticked boxes are all that is sent. */
export function NoticePreferencesForm({ wanted, action }: NoticePreferencesFormProps) {
  const [result, submit, pending] = useFormAction(action);
  const current = result?.ok ? result.value : wanted;
  return (
    <form action={submit} className="max-w-2xl">
      <Card
        title="Mail me when"
        footer={
          <div className="flex items-center gap-3">
            <SubmitButton pending={pending}>Save preferences</SubmitButton>
            <FormOutcome result={result} done="Saved" />
          </div>
        }
      >
        {/* A new key after saving: the boxes start from what is stored. */}
        <fieldset key={current.join()} className="grid gap-4">
          <legend className="sr-only">Mail me when</legend>
          {noticeKinds.map((kind) => (
            <Checkbox
              key={kind}
              name="wanted[]"
              value={kind}
              defaultChecked={current.includes(kind)}
              label={kindLabels[kind]}
              hint={kindHints[kind]}
            />
          ))}
        </fieldset>
      </Card>
    </form>
  );
}
