import type { Metadata } from "next";
import { AcceptForm } from "@/components/auth/accept-form";
import { JoinForm } from "@/components/auth/join-form";
import { JoinSignedInForm } from "@/components/auth/join-signed-in-form";
import { ProviderButtons } from "@/components/auth/provider-buttons";
import { AuthFrame } from "@/components/shell/auth-frame";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import type { OpenInvitationOut } from "@/lib/schemas/member";
import { findUser, leadToSetup, type SignedIn } from "@/lib/server/auth/session";
import { shownProviders } from "@/lib/server/auth/sign-in-providers";
import { getDeps } from "@/lib/server/deps";
import { readInvitation } from "@/lib/server/use-cases/accept-invitation";
import {
  acceptInvitationAction,
  joinOrganizationAction,
  joinSignedInAction,
  leaveInvitationAction,
} from "../actions";
import { tokenReferrer } from "../token-referrer";

export const metadata: Metadata = { title: "Invitation", referrer: tokenReferrer };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function InvitationPage({ searchParams }: { searchParams: Search }) {
  await leadToSetup();
  const { token } = await searchParams;
  const invitation = typeof token === "string" ? await readInvitation(getDeps(), token) : null;
  const user = await findUser();
  if (!invitation || typeof token !== "string") return <NotUsable user={user} />;
  const { organizationName, email, role } = invitation;
  return (
    <AuthFrame
      title={`Join ${organizationName}`}
      description={
        <>
          You were invited as {role === "admin" ? "an admin" : "a developer"}, with the address{" "}
          <span className="font-medium wrap-anywhere text-fg">{email}</span>.
        </>
      }
    >
      <Answer invitation={invitation} token={token} user={user} />
    </AuthFrame>
  );
}

type AnswerProps = { invitation: OpenInvitationOut; token: string; user: SignedIn | null };

/** What proves that it is the invited person: a new password, the one of their account, or their session. */
function Answer({ invitation: { organizationName, email, hasAccount }, token, user }: AnswerProps) {
  if (user?.email === email) {
    return <JoinSignedInForm action={joinSignedInAction} token={token} organizationName={organizationName} />;
  }
  return (
    <div className="grid gap-5">
      {user && (
        <Callout>
          You are signed in as <span className="font-medium wrap-anywhere">{user.email}</span>. Whoever joins
          here is signed in as {email} instead.
        </Callout>
      )}
      {hasAccount ? (
        <JoinForm action={joinOrganizationAction} leave={leaveInvitationAction} token={token} email={email} />
      ) : (
        <AcceptForm action={acceptInvitationAction} token={token} email={email} />
      )}
      {/* Somebody who is signed in would connect the provider to that account. */}
      {!user && <ProviderButtons providers={shownProviders(getDeps().env)} goTo="/" />}
    </div>
  );
}

function NotUsable({ user }: { user: SignedIn | null }) {
  return (
    <AuthFrame
      title="This invitation does not work any more"
      description="It was used, withdrawn, replaced by a newer one, or is older than seven days. If it was not you who used it, ask the person who sent it for a new link."
    >
      <LinkButton href={user ? "/" : "/sign-in"} size="lg" className="w-full">
        {user ? `Go to ${user.organizationName}` : "Go to sign-in"}
      </LinkButton>
    </AuthFrame>
  );
}
