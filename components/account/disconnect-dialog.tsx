"use client";

import { PasswordField } from "@/components/auth/password-field";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { type ActionResult, fieldErrors } from "@/lib/schemas/action-result";
import type { SignInProvider } from "@/lib/schemas/sign-in-provider";

export type DisconnectAction = (
  previous: ActionResult<void> | null,
  form: FormData,
) => Promise<ActionResult<void>>;

type DisconnectDialogProps = SignInProvider & {
  /** Tells the browser's password manager whose password it is. */
  email: string;
  action: DisconnectAction;
};

/** Asks for the password: it is what is left to sign in with. */
export function DisconnectDialog({ id, name, email, action }: DisconnectDialogProps) {
  return (
    <Dialog
      title={`Disconnect ${name}`}
      description="It signs you in no longer, and your other sessions end. Your password is what is left."
      trigger={<Button aria-label={`Disconnect ${name}`}>Disconnect</Button>}
    >
      <DisconnectForm id={id} email={email} action={action} />
    </Dialog>
  );
}

function DisconnectForm({ id, email, action }: Omit<DisconnectDialogProps, "name">) {
  const [result, submit] = useFormAction(action);
  return (
    <form action={submit} className="grid gap-4">
      {result?.ok === false && result.errors.length === 0 && (
        <Callout tone="danger" live>
          {result.message}
        </Callout>
      )}
      <input type="hidden" name="provider" value={id} />
      <input hidden readOnly type="email" autoComplete="username" value={email} />
      <PasswordField
        label="Your password"
        name="currentPassword"
        autoComplete="current-password"
        size="md"
        errors={fieldErrors(result, "currentPassword")}
      />
      <DialogFooter className="-mx-5 -mb-5">
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <SubmitButton>Disconnect</SubmitButton>
      </DialogFooter>
    </form>
  );
}
