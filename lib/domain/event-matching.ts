const patternsMax = 200;
/** An event type's name: two or more parts of a-z, 0-9 and _, joined by dots. */
const namePattern = /^[a-z0-9_]+(?:\.[a-z0-9_]+)+$/;
const groupPattern = /^[a-z0-9_]+(?:\.[a-z0-9_]+)*\.\*$/;

/**
 * Whether an endpoint subscribed with `patterns` receives an event type: `*` is everything, `group.*` all types below
 * that group at any depth, anything else the one type of that name.
 */
export function matchesEventType(patterns: readonly string[], eventType: string): boolean {
  for (const pattern of patterns) {
    if (pattern === eventType || pattern === "*") return true;
    if (pattern.endsWith(".*") && isBelow(eventType, pattern)) return true;
  }
  return false;
}

/** `pattern` is `group.*`: the type must go on after the dot. */
function isBelow(eventType: string, pattern: string): boolean {
  const stem = pattern.length - 1;
  return eventType.length > stem && eventType.startsWith(pattern.slice(0, stem));
}

/**
 * What is wrong with a subscription, one sentence per problem; empty when it can be saved. `known` are the names of
 * the organization's event types, built-in ones included: a pattern that matches none of them is a misspelling that
 * would never deliver anything.
 */
export function checkEventTypePatterns(patterns: readonly string[], known: readonly string[]): string[] {
  if (patterns.length === 0) return ["Choose at least one event type, or * for everything"];
  if (patterns.length > patternsMax)
    return [`At most ${patternsMax} event types can be listed; use a group like scheduling.*`];
  const problems: string[] = [];
  for (const [index, pattern] of patterns.entries()) {
    if (patterns.indexOf(pattern) < index) problems.push(`${quoted(pattern)} is listed twice`);
    else problems.push(...checkPattern(pattern, known));
  }
  return problems;
}

function checkPattern(pattern: string, known: readonly string[]): string[] {
  if (pattern === "*") return [];
  if (groupPattern.test(pattern)) {
    return known.some((name) => isBelow(name, pattern))
      ? []
      : [`There is no event type below ${quoted(pattern)}`];
  }
  if (!namePattern.test(pattern)) {
    return [`${quoted(pattern)} is neither an event type's name nor a group like scheduling.* nor *`];
  }
  return known.includes(pattern) ? [] : [`There is no event type ${quoted(pattern)}`];
}

/** Shown to a person, so a pasted page does not become the message. */
function quoted(pattern: string): string {
  return JSON.stringify(pattern.length > 100 ? `${pattern.slice(0, 100)}...` : pattern);
}
