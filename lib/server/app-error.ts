import "server-only";

/** A problem with one field of the input: `path` as in `events[3].data.meetingStart`. */
export interface FieldProblem {
  path: string;
  message: string;
}

export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;

/** A refusal that a person or a program sees. Anything else that is thrown is a bug and stays loud. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly status: RefusalStatus;
  readonly errors: readonly FieldProblem[];
  readonly retryAfterSeconds: number | null;
  /** Response headers beyond `Retry-After`, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;

  /** `detail` is one sentence for the reader; it never holds a secret, a stack or a database's words. */
  constructor(
    status: RefusalStatus,
    detail: string,
    {
      errors = [],
      retryAfterSeconds = null,
      headers = {},
    }: {
      errors?: readonly FieldProblem[];
      retryAfterSeconds?: number | null;
      headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(detail);
    this.status = status;
    this.errors = errors;
    this.retryAfterSeconds = retryAfterSeconds;
    this.headers = headers;
  }
}

/** No bearer token, or not the right one. RFC 9110, section 15.5.2: the answer says how to authenticate. */
export function bearerRefused(detail: string): AppError {
  return new AppError(401, detail, { headers: { "www-authenticate": "Bearer" } });
}

/** Also for what exists and belongs to another organization: whether it exists is theirs to know. */
export function notFound(what: string): AppError {
  return new AppError(404, `There is no such ${what} in this organization.`);
}

/** Input that was understood and cannot be accepted. */
export function invalid(errors: readonly FieldProblem[]): AppError {
  const first = errors[0];
  const rest = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  return new AppError(422, first ? `${first.path}: ${first.message}${rest}` : "The input is not valid.", {
    errors,
  });
}

/** One more than an organization may have of something that is counted in `lib/domain/limits.ts`. */
export function limitReached(what: string, max: number, advice: string): AppError {
  return new AppError(409, `The organization has ${max} ${what}, which is the most there can be. ${advice}`);
}
