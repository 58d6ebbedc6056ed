import "server-only";

/** The request header in which the proxy tells pages their own path and query. */
export const pathHeader = "x-posthorn-path";

/**
 * Where to go after sign-in: a path of this site, or the start page. Anything that a browser could read as another
 * site (`//host`, `/\host`, a scheme, control characters) is the start page.
 */
export function returnPath(wanted: string | null | undefined): string {
  if (!wanted || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wanted)) return "/";
  const url = URL.parse(wanted, "http://posthorn.invalid");
  if (!url || url.host !== "posthorn.invalid") return "/";
  return /^\/(sign-in|setup|invitation|forgot-password|reset-password|api)(\/|$)/.test(url.pathname)
    ? "/"
    : wanted;
}
