import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ProviderButtons } from "@/components/auth/provider-buttons";
import { SignInForm } from "@/components/auth/sign-in-form";
import { AuthFrame } from "@/components/shell/auth-frame";
import { refusalText } from "@/lib/schemas/sign-in-provider";
import { returnPath } from "@/lib/server/auth/return-path";
import { findUser, leadToSetup } from "@/lib/server/auth/session";
import { shownProviders } from "@/lib/server/auth/sign-in-providers";
import { getDeps } from "@/lib/server/deps";
import { signInAction } from "../actions";

export const metadata: Metadata = { title: "Sign in" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { next, callbackUrl, error } = await searchParams;
  const wanted = returnPath([next, callbackUrl].find((value) => typeof value === "string"));
  if (await findUser()) redirect(wanted);
  await leadToSetup();
  return (
    <AuthFrame title="Sign in" footer="No account yet? An admin of your organization can invite you.">
      <SignInForm
        action={signInAction}
        next={wanted}
        refusal={typeof error === "string" ? refusalText(error) : null}
      />
      <ProviderButtons providers={shownProviders(getDeps().env)} goTo={wanted} />
    </AuthFrame>
  );
}
