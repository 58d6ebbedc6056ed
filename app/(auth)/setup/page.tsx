import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SetUpForm } from "@/components/auth/set-up-form";
import { AuthFrame } from "@/components/shell/auth-frame";
import { getDeps } from "@/lib/server/deps";
import { hasAnyUser, isSetupToken } from "@/lib/server/use-cases/set-up-instance";
import { setUpAction } from "../actions";
import { tokenReferrer } from "../token-referrer";

export const metadata: Metadata = { title: "Set up", referrer: tokenReferrer };

type Search = Promise<Record<string, string | string[] | undefined>>;

/** The first admin is made here, once; every other page leads here until then. */
export default async function SetUpPage({ searchParams }: { searchParams: Search }) {
  const deps = getDeps();
  if (await hasAnyUser(deps)) redirect("/sign-in");
  const { token } = await searchParams;
  if (typeof token !== "string" || !(await isSetupToken(deps, token))) {
    return <WhereTheLinkIs refused={token !== undefined} />;
  }
  return (
    <AuthFrame
      title="Set up Posthorn"
      description="Create your organization and its first admin. You are signed in right after."
    >
      <SetUpForm action={setUpAction} token={token} />
    </AuthFrame>
  );
}

function WhereTheLinkIs({ refused }: { refused: boolean }) {
  return (
    <AuthFrame
      title={refused ? "This setup link is not valid any more" : "Posthorn is not set up yet"}
      description={
        refused
          ? "Every start of the server prints a new link, and only the newest one works."
          : "The first admin is created through a link that only the person who runs the server can see."
      }
    >
      <ol className="grid list-decimal gap-2 pl-4 text-sm text-muted marker:text-subtle">
        <li>Open the terminal or the log of the server.</li>
        <li>
          Look for the line that begins with{" "}
          <span className="font-medium text-fg">Create the first admin</span>.
        </li>
        <li>Open the link in it. It works once.</li>
      </ol>
    </AuthFrame>
  );
}
