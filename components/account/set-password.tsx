"use client";

import { FormOutcome } from "@/components/ui/form-outcome";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { useFormAction } from "@/components/ui/use-form-action";
import type { ActionResult } from "@/lib/schemas/action-result";
import type { PasswordLinkAsked } from "@/lib/schemas/password-link";

type Asked = ActionResult<PasswordLinkAsked>;

type SetPasswordProps = {
  action: (previous: Asked | null, form: FormData) => Promise<Asked>;
  email: string;
  /** Whether there is a mail server. */
  sendsMail: boolean;
};

/** For somebody who has no password. The link goes to their address, so that an open session alone sets none. */
export function SetPassword({ action, email, sendsMail }: SetPasswordProps) {
  const [result, submit] = useFormAction(action);
  if (!sendsMail) {
    return (
      <p className="text-sm text-muted">
        This instance sends no mail: whoever runs it can make a link for you.{" "}
        <TextLink href="/forgot-password">How that is done</TextLink>
      </p>
    );
  }
  return (
    <form action={submit} className="grid gap-4">
      <p className="text-sm text-muted">
        The link goes to <span className="font-medium wrap-anywhere text-fg">{email}</span>, so that nobody
        else who finds this page open can set one.
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton variant="secondary">Mail me the link</SubmitButton>
        <FormOutcome result={result} done="On its way. The link works once, within one hour." />
      </div>
    </form>
  );
}
