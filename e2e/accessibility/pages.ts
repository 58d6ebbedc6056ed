import { pages } from "../security/surface.ts";
import { pageCases } from "../security/tenants/page-cases.ts";
import type { Contents } from "./contents.ts";

type Address = (contents: Contents) => string;

/** Before sign-in the tenant walk has nothing to try. */
const guestPages: Record<string, Address | { elsewhere: string }> = {
  "/forgot-password": () => "/forgot-password",
  "/invitation": ({ invitationPath }) => invitationPath,
  "/reset-password": () => "/reset-password?token=used",
  "/setup": { elsewhere: "first-run.spec.ts: only an instance without anybody shows it." },
  "/sign-in": () => "/sign-in",
};

/** The same page with other contents looks different enough to be looked at as well. */
const variants: Address[] = [
  ({ endpoints }) => `/endpoints/${endpoints.onProbation}`,
  ({ endpoints }) => `/endpoints/${endpoints.validating}`,
  ({ belongings }) => `/endpoints/${belongings.goneEndpointId}`,
  ({ belongings }) => `/endpoints/${belongings.spareEndpointId}/attempts`,
  ({ failedAttemptId }) => `/logs/${failedAttemptId}`,
  ({ endpoints }) => `/logs?outcome=failed&range=1h&endpointId=${endpoints.failing}`,
  () => "/logs?since=2026-01-01T00:00:00.000Z&until=2026-01-02T00:00:00.000Z",
  () => "/review?view=all",
  () => "/nothing/is/here",
];

export interface Visit {
  path: string;
  isGuest: boolean;
}

/** Every page that there is, with something on it. A new one is among them as soon as its file is there. */
export function visits(contents: Contents): Visit[] {
  const guests = Object.values(guestPages).filter((address) => typeof address === "function");
  return [
    ...pages()
      .filter((name) => !(name in guestPages))
      .map((name) => ({ path: addressOf(name, contents), isGuest: false })),
    ...variants.map((address) => ({ path: address(contents), isGuest: false })),
    ...guests.map((address) => ({ path: address(contents), isGuest: true })),
  ];
}

function addressOf(name: string, { belongings }: Contents): string {
  const tries = pageCases[name];
  const [first] = tries && !("takesNoIds" in tries) ? tries : [];
  if (!first) throw new Error(`The page ${name} has no case in e2e/security/tenants/page-cases.ts.`);
  return first.path(belongings, belongings);
}
