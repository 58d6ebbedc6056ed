import "server-only";
import { emailIn } from "@/lib/schemas/person";
import { AppError } from "@/lib/server/app-error";
import { forgetTries, pruneTries, takeBackTry } from "@/lib/server/db/sign-in-throttle";
import type { Deps } from "@/lib/server/deps";
import { verifyPassword } from "./password";
import { accountKey, addressKey, admitOr429 } from "./throttle";

export interface PasswordTry {
  email: string;
  password: string;
  /** Where the request came from; null counts for no address. */
  address: string | null;
  /** For the audit log. */
  userAgent?: string | null;
}

const accountFreeFailures = 5;
/** Many people may share an office's address. */
const addressFreeFailures = 20;

/**
 * The account that e-mail and password belong to, with its memberships, oldest first. Throws 401 with the same words
 * whatever was wrong, and 429 while the account or the address has to wait.
 */
export async function checkPassword(deps: Deps, { email, password, address }: PasswordTry) {
  const account = accountKey("sign-in", email);
  const origin = addressKey("sign-in", address);
  if (origin) await admitOr429(deps, { key: origin, freeFailures: addressFreeFailures }, tooMany);
  await admitOr429(deps, { key: account, freeFailures: accountFreeFailures }, tooMany);
  const user = await findAccount(deps, email);
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (!matches || !user) {
    throw new AppError(401, "That e-mail and password do not belong together. Check both and try again.");
  }
  const now = deps.clock();
  await forgetTries(deps.sql, account);
  if (origin) await takeBackTry(deps.sql, origin, now);
  await pruneTries(deps.sql, now);
  return user;
}

const tooMany = (waitSeconds: number) => `Too many failed tries. Wait ${waitSeconds} s and try again.`;

async function findAccount(deps: Deps, email: string) {
  const parsed = emailIn.safeParse(email);
  if (!parsed.success) return null;
  return deps.prisma.user.findUnique({
    where: { email: parsed.data },
    include: { memberships: { orderBy: { createdAt: "asc" } } },
  });
}
