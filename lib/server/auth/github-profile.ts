import "server-only";
import { nameOf, type ProviderProfile } from "./provider-profile";

interface GithubEmail {
  email: string;
  primary: boolean;
  verified: boolean;
}

/** Asks GitHub who the token belongs to. `read` is for tests. */
export async function githubProfile(
  accessToken: string,
  read: (path: string) => Promise<unknown> = (path) => readGithub(path, accessToken),
): Promise<ProviderProfile> {
  const user = (await read("/user")) as { id: number; login: string; name?: string | null };
  const emails = (await read("/user/emails")) as GithubEmail[];
  const primary = emails.find(({ primary, verified }) => primary && verified);
  return {
    id: String(user.id),
    verifiedEmail: primary?.email ?? null,
    firstName: nameOf(user.name) || nameOf(user.login) || "New",
    lastName: "",
  };
}

async function readGithub(path: string, accessToken: string): Promise<unknown> {
  const answer = await fetch(`https://api.github.com${path}`, {
    headers: { authorization: `Bearer ${accessToken}`, accept: "application/vnd.github+json" },
    redirect: "error",
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`GitHub answered ${answer.status} to ${path}`);
  return answer.json();
}
