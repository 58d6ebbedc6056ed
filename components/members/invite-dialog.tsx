"use client";

import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { ShownOnce } from "@/components/ui/shown-once";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { keptForm } from "@/components/ui/use-kept-form";
import { type ActionResult, fieldErrors } from "@/lib/schemas/action-result";
import { type InvitedOut, roleDescriptions } from "@/lib/schemas/member";

type Invited = ActionResult<InvitedOut>;
type InviteDialogProps = {
  action: (previous: Invited | null, form: FormData) => Promise<Invited>;
  /** There is a mail server: the link is mailed, too. */
  sendsMail: boolean;
};

const roleCards = [
  { value: "developer", label: "Developer", hint: roleDescriptions.developer },
  { value: "admin", label: "Admin", hint: roleDescriptions.admin },
];

/** The button that opens it, the form, and then the link to pass on: this once. */
export function InviteDialog(props: InviteDialogProps) {
  const [open, setOpen] = useState(false);
  const [round, setRound] = useState(0);
  function change(next: boolean) {
    // A new round forgets the link of the last one.
    if (next) setRound(round + 1);
    setOpen(next);
  }
  return (
    <Dialog
      title="Invite a member"
      open={open}
      onOpenChange={change}
      trigger={
        <Button variant="primary">
          <UserPlus aria-hidden />
          Invite
        </Button>
      }
    >
      <Invite key={round} {...props} />
    </Dialog>
  );
}

function Invite({ action, sendsMail }: InviteDialogProps) {
  const [result, submit, pending] = useFormAction(action);
  const [email, setEmail] = useState("");
  const [role, setRole] = useState("developer");
  if (result?.ok) return <InvitationLink {...result.value} />;
  return (
    <form {...keptForm(submit)} className="grid gap-4">
      {result && result.errors.length === 0 && (
        <Callout tone="danger" live>
          {result.message}
        </Callout>
      )}
      <Field
        label="E-mail"
        type="email"
        name="email"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        errors={fieldErrors(result, "email")}
        autoComplete="off"
        required
      />
      <RadioCards
        name="role"
        legend="Role"
        options={roleCards}
        value={role}
        onValueChange={setRole}
        errors={fieldErrors(result, "role")}
      />
      <DialogFooter className="-mx-5 -mb-5">
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <SubmitButton pending={pending}>{sendsMail ? "Send the invitation" : "Make the link"}</SubmitButton>
      </DialogFooter>
    </form>
  );
}

function InvitationLink({ link, email, isMailed }: InvitedOut) {
  return (
    <div className="grid gap-4">
      <ShownOnce label="The invitation link" text={link}>
        {isMailed
          ? `An invitation is on its way to ${email}. Should it not arrive, send this link to them`
          : `Send this link to ${email}`}{" "}
        and to nobody else: whoever opens it first chooses the password. It works once, within seven days, and
        is not shown again.
      </ShownOnce>
      <DialogFooter className="-mx-5 -mb-5">
        <DialogClose>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </DialogFooter>
    </div>
  );
}
