import type { Metadata } from "next";
import { ForgotPassword, type WayBack } from "@/components/auth/forgot-password";
import { AuthFrame } from "@/components/shell/auth-frame";
import { LinkButton } from "@/components/ui/link-button";
import { findKeptInvitation } from "@/lib/server/auth/kept-invitation";
import { leadToSetup } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { requestPasswordLinkAction } from "../actions";

export const metadata: Metadata = { title: "Forgotten password" };

export default async function ForgotPasswordPage() {
  await leadToSetup();
  const deps = getDeps();
  const left = await findKeptInvitation(deps);
  const back = left
    ? { href: left.path, label: "Back to the invitation" }
    : { href: "/sign-in", label: "Back to sign-in" };
  if (deps.mailer === null) return <NoMail back={back} />;
  return <ForgotPassword action={requestPasswordLinkAction} firstEmail={left?.email ?? ""} back={back} />;
}

/** Nobody is sent to wait for a mail that never comes. */
function NoMail({ back }: { back: WayBack }) {
  return (
    <AuthFrame
      title="Forgot your password?"
      description="This instance sends no mail, so it cannot send you a link. Whoever runs the server can make one for you."
    >
      <ol className="grid list-decimal gap-2 pl-4 text-sm text-muted marker:text-subtle">
        <li>Tell them the e-mail address that you sign in with.</li>
        <li>
          On the server they run, with that address:{" "}
          <code className="mt-1 block font-mono text-xs text-fg">
            npm run password-link -- you@example.com
          </code>
          <span className="mt-1 block">or, in containers:</span>
          <code className="mt-1 block font-mono text-xs text-fg">
            docker compose exec web password-link you@example.com
          </code>
        </li>
        <li>Open the link that they give you. It works once, within one hour.</li>
      </ol>
      <LinkButton href={back.href} size="lg" className="mt-5 w-full">
        {back.label}
      </LinkButton>
    </AuthFrame>
  );
}
