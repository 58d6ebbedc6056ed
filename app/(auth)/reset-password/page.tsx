import type { Metadata } from "next";
import { ResetPasswordForm } from "@/components/auth/reset-password-form";
import { AuthFrame } from "@/components/shell/auth-frame";
import { LinkButton } from "@/components/ui/link-button";
import { leadToSetup } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { readPasswordLink } from "@/lib/server/use-cases/reset-password";
import { resetPasswordAction } from "../actions";
import { tokenReferrer } from "../token-referrer";

export const metadata: Metadata = { title: "Set a password", referrer: tokenReferrer };

type Search = Promise<Record<string, string | string[] | undefined>>;

/** Opening it changes nothing: programs that look into mails follow links, too. */
export default async function ResetPasswordPage({ searchParams }: { searchParams: Search }) {
  await leadToSetup();
  const { token } = await searchParams;
  const link = typeof token === "string" ? await readPasswordLink(getDeps(), token) : null;
  if (!link || typeof token !== "string") return <NotUsable />;
  const { email, hasPassword } = link;
  return (
    <AuthFrame
      title={hasPassword ? "Set a new password" : "Set a password"}
      description={
        <>
          For <span className="font-medium wrap-anywhere text-fg">{email}</span>. You are signed in right
          after, and signed out everywhere else.
        </>
      }
    >
      <ResetPasswordForm action={resetPasswordAction} token={token} email={email} />
    </AuthFrame>
  );
}

function NotUsable() {
  return (
    <AuthFrame
      title="This link does not work any more"
      description="It was used, replaced by a newer one, or is older than an hour. Changing the password ends it, too."
    >
      <div className="grid gap-2">
        <LinkButton href="/forgot-password" variant="primary" size="lg" className="w-full">
          Ask for a new link
        </LinkButton>
        <LinkButton href="/sign-in" size="lg" className="w-full">
          Go to sign-in
        </LinkButton>
      </div>
    </AuthFrame>
  );
}
