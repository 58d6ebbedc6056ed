/** An answer as the rules look at it. */
export interface HeaderSubject {
  status: number;
  headers: Headers;
  body: string;
}

type Rule = [name: string, isKept: (subject: HeaderSubject) => boolean];

const header = (name: string, pattern: RegExp): Rule => [
  `${name} like ${pattern}`,
  ({ headers }) => pattern.test(headers.get(name) ?? ""),
];
const absent = (name: string): Rule => [`no ${name}`, ({ headers }) => !headers.has(name)];

/** Whatever is answered, to whomever. */
const everywhere: readonly Rule[] = [
  header("x-content-type-options", /^nosniff$/),
  header("x-frame-options", /^DENY$/),
  header("referrer-policy", /^(same-origin|no-referrer)$/),
  header("cross-origin-opener-policy", /^same-origin$/),
  header("permissions-policy", /camera=\(\)/),
  absent("x-powered-by"),
  absent("server"),
];

const unstored = header("cache-control", /\bno-store\b/);

/** What an answer that is no page lacks. */
export const dataRules: readonly Rule[] = [
  ...everywhere,
  ["a policy that allows nothing", ({ headers }) => isStrict(headers, "default-src", /^('none'|'self')$/)],
  ["a policy against framing", ({ headers }) => isStrict(headers, "frame-ancestors", /^'none'$/)],
];

export const privateDataRules: readonly Rule[] = [...dataRules, unstored];

export const pageRules: readonly Rule[] = [
  ...everywhere,
  unstored,
  [
    "scripts by nonce only",
    ({ headers }) => isStrict(headers, "script-src", /^'self' 'nonce-[\w+/=]{20,}' 'strict-dynamic'$/),
  ],
  ["a policy against framing", ({ headers }) => isStrict(headers, "frame-ancestors", /^'none'$/)],
  ["a policy against plug-ins", ({ headers }) => isStrict(headers, "object-src", /^'none'$/)],
  ["a policy against another base", ({ headers }) => isStrict(headers, "base-uri", /^'none'$/)],
  ["a policy on where forms go", ({ headers }) => isStrict(headers, "form-action", /^'self'$/)],
  ["connections to this site only", ({ headers }) => isStrict(headers, "connect-src", /^'self'$/)],
  ["the nonce on every script", ({ headers, body }) => hasNonceOnScripts(headers, body)],
  ["no handler in an attribute", ({ body }) => !/<[^>]+\son\w+\s*=/i.test(withoutScripts(body))],
];

/** The rules that an answer breaks, by name. */
export function brokenRules(rules: readonly Rule[], subject: HeaderSubject): string[] {
  return rules.filter(([, isKept]) => !isKept(subject)).map(([name]) => name);
}

/** The sources of a directive in every policy of the answer; a missing directive is no match. */
function isStrict(headers: Headers, directive: string, sources: RegExp): boolean {
  const policy = headers.get("content-security-policy") ?? "";
  const given = policy
    .split(/[;,]/)
    .map((part) => part.trim().split(/\s+/))
    .filter(([name]) => name === directive)
    .map(([, ...rest]) => rest.join(" "));
  return (
    given.length > 0 && given.every((text) => sources.test(text)) && !/script-src[^;]*unsafe/.test(policy)
  );
}

export function nonceOf(headers: Headers): string | null {
  return /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1] ?? null;
}

function hasNonceOnScripts(headers: Headers, body: string): boolean {
  const tags = body.match(/<script\b[^>]*>/g) ?? [];
  const nonce = nonceOf(headers);
  return tags.every((tag) => tag.includes(`nonce="${nonce}"`));
}

function withoutScripts(body: string): string {
  return body.replace(/<script\b[^>]*>.*?<\/script>/gs, "");
}
