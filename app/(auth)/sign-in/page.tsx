import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/auth/sign-in-form";
import { AuthFrame } from "@/components/shell/auth-frame";
import { returnPath } from "@/lib/server/auth/return-path";
import { findUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { hasAnyUser } from "@/lib/server/use-cases/set-up-instance";
import { signInAction } from "../actions";

export const metadata: Metadata = { title: "Sign in" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { next, callbackUrl, error } = await searchParams;
  const wanted = returnPath([next, callbackUrl].find((value) => typeof value === "string"));
  if (await findUser()) redirect(wanted);
  if (!(await hasAnyUser(getDeps()))) redirect("/setup");
  return (
    <AuthFrame title="Sign in" footer="No account yet? An admin of your organization can invite you.">
      <SignInForm
        action={signInAction}
        next={wanted}
        refusal={error ? "That did not work. Check e-mail and password and try again." : null}
      />
    </AuthFrame>
  );
}
