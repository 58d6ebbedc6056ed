import type { Metadata } from "next";
import { AcceptForm } from "@/components/auth/accept-form";
import { JoinForm } from "@/components/auth/join-form";
import { AuthFrame } from "@/components/shell/auth-frame";
import { LinkButton } from "@/components/ui/link-button";
import { getDeps } from "@/lib/server/deps";
import { readInvitation } from "@/lib/server/use-cases/accept-invitation";
import { acceptInvitationAction, joinOrganizationAction } from "../actions";
import { tokenReferrer } from "../token-referrer";

export const metadata: Metadata = { title: "Invitation", referrer: tokenReferrer };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function InvitationPage({ searchParams }: { searchParams: Search }) {
  const { token } = await searchParams;
  const invitation = typeof token === "string" ? await readInvitation(getDeps(), token) : null;
  if (!invitation || typeof token !== "string") return <NotUsable />;
  const { organizationName, email, role, hasAccount } = invitation;
  return (
    <AuthFrame
      title={`Join ${organizationName}`}
      description={
        <>
          You were invited as {role === "admin" ? "an admin" : "a developer"}, with the address{" "}
          <span className="font-medium break-all text-fg">{email}</span>.
        </>
      }
    >
      {hasAccount ? (
        <JoinForm action={joinOrganizationAction} token={token} email={email} />
      ) : (
        <AcceptForm action={acceptInvitationAction} token={token} email={email} />
      )}
    </AuthFrame>
  );
}

function NotUsable() {
  return (
    <AuthFrame
      title="This invitation does not work any more"
      description="It was used, withdrawn, replaced by a newer one, or is older than seven days. Ask the person who sent it for a new link."
    >
      <LinkButton href="/sign-in" size="lg" className="w-full">
        Go to sign-in
      </LinkButton>
    </AuthFrame>
  );
}
