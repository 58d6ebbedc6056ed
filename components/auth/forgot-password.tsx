"use client";

import { AuthFrame } from "@/components/shell/auth-frame";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { useKeptForm } from "@/components/ui/use-kept-form";
import { fieldErrors, type FormState } from "@/lib/schemas/action-result";
import type { PasswordLinkAsked } from "@/lib/schemas/password-link";

type Asked = FormState<PasswordLinkAsked>;
/** To the page on which the password was missing. */
export type WayBack = { href: string; label: string };
type ForgotPasswordProps = {
  action: (previous: Asked | null, form: FormData) => Promise<Asked>;
  firstEmail: string;
  back: WayBack;
};

/** Asks for a link by mail. It works before hydration, and what was typed stays after a refusal. */
export function ForgotPassword({ action, firstEmail, back }: ForgotPasswordProps) {
  const kept = useKeptForm(action, firstEmail, (_typed, { entered }) => String(entered["email"] ?? ""));
  const { form, pending, result, values: email, setValues: setEmail } = kept;
  if (result?.ok) return <OnItsWay email={result.value.email} back={back} />;
  return (
    <AuthFrame
      title="Forgot your password?"
      description="Enter the e-mail address that you sign in with. We mail you a link to set a new one."
      footer={
        <>
          Remembered it? <TextLink href={back.href}>{back.label}</TextLink>
        </>
      }
    >
      <form {...form} className="grid gap-4">
        {result && result.errors.length === 0 && (
          <Callout tone="danger" live>
            {result.message}
          </Callout>
        )}
        <Field
          label="E-mail"
          type="email"
          name="email"
          size="lg"
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          errors={fieldErrors(result, "email")}
          autoFocus
          required
        />
        <SubmitButton size="lg" pending={pending}>
          Send the link
        </SubmitButton>
      </form>
    </AuthFrame>
  );
}

/** The same for every address: whether there is an account with it is nobody's to know but its owner's. */
function OnItsWay({ email, back }: PasswordLinkAsked & { back: WayBack }) {
  return (
    <AuthFrame
      title="Check your mail"
      description={
        <p role="status">
          If there is an account with <span className="font-medium wrap-anywhere text-fg">{email}</span>, a
          link is on its way there. It works once, within one hour.
        </p>
      }
    >
      <div className="grid gap-5">
        <div className="grid gap-2 text-sm text-muted">
          <p className="font-medium text-fg">Nothing there after a few minutes?</p>
          <ul className="grid list-disc gap-2 pl-4 marker:text-subtle">
            <li>Look into the spam folder.</li>
            <li>Check that the address above is the one that you sign in with.</li>
            <li>Ask whoever runs this instance: they can make a link without any mail.</li>
          </ul>
        </div>
        <div className="grid gap-2">
          <LinkButton href={back.href} size="lg" className="w-full">
            {back.label}
          </LinkButton>
          {/* A whole load of the page: it begins again, also before hydration. */}
          <form action="/forgot-password">
            <Button type="submit" variant="ghost" size="lg" className="w-full">
              Use another address
            </Button>
          </form>
        </div>
      </div>
    </AuthFrame>
  );
}
