import type { Metadata } from "next";
import { ConnectedProviders } from "@/components/account/connected-providers";
import { OrganizationList } from "@/components/account/organization-list";
import { PasswordForm } from "@/components/account/password-form";
import { ProfileForm } from "@/components/account/profile-form";
import { SetPassword } from "@/components/account/set-password";
import { SignOutEverywhere } from "@/components/account/sign-out-everywhere";
import { ThemeChoice } from "@/components/account/theme-choice";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { encodeId } from "@/lib/domain/ids";
import { refusalText } from "@/lib/schemas/sign-in-provider";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { listOwnProviders } from "@/lib/server/use-cases/list-own-providers";
import { listOwnOrganizations } from "@/lib/server/use-cases/switch-organization";
import {
  changePasswordAction,
  changeProfileAction,
  disconnectProviderAction,
  requestOwnPasswordLinkAction,
  signOutEverywhereAction,
  switchOrganizationAction,
} from "./actions";

export const metadata: Metadata = { title: "Account" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function AccountPage({ searchParams }: { searchParams: Search }) {
  const user = await requireUser();
  const { error } = await searchParams;
  const providers = await listOwnProviders(getDeps(), user.userId);
  const organizations = await listOwnOrganizations(getDeps(), user.userId);
  return (
    <>
      <PageHeader title="Account" description={user.email} />
      <div className="grid max-w-3xl gap-5">
        <Card title="Name">
          <ProfileForm action={changeProfileAction} firstName={user.firstName} lastName={user.lastName} />
        </Card>
        {user.hasPassword ? (
          <Card title="Password" description="Changing it signs you out everywhere but here.">
            <PasswordForm action={changePasswordAction} email={user.email} />
          </Card>
        ) : (
          <Card title="Password" description="You have none yet: another account signs you in.">
            <SetPassword
              action={requestOwnPasswordLinkAction}
              email={user.email}
              sendsMail={getDeps().mailer !== null}
            />
          </Card>
        )}
        {providers.length > 0 && (
          <Card
            title="Other ways to sign in"
            description={`Connect one that has the verified e-mail address ${user.email}.`}
          >
            <ConnectedProviders
              providers={providers}
              email={user.email}
              hasPassword={user.hasPassword}
              disconnect={disconnectProviderAction}
              refusal={typeof error === "string" ? refusalText(error) : null}
            />
          </Card>
        )}
        <Card title="Mails" description="About endpoints that fail, are disabled or recover.">
          <LinkButton href="/notifications/preferences">Choose which ones you receive</LinkButton>
        </Card>
        <Card title="Theme">
          <ThemeChoice />
        </Card>
        {organizations.length > 1 && (
          <Card title="Organizations" description="You see one at a time." flush>
            <OrganizationList
              organizations={organizations}
              currentId={encodeId("org", user.organizationId)}
              action={switchOrganizationAction}
            />
          </Card>
        )}
        <Card title="Sessions">
          <div className="flex flex-wrap items-center justify-between gap-3 text-sm text-muted">
            <p className="min-w-0 flex-1 basis-64">
              A session ends 12 hours after sign-in. If you left one open somewhere, end them all.
            </p>
            <SignOutEverywhere action={signOutEverywhereAction} />
          </div>
        </Card>
      </div>
    </>
  );
}
