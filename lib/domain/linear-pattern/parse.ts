/** What a pattern is made of. A `char` node's source matches one code point, and JavaScript itself decides which. */
export type PatternNode =
  | { type: "char"; source: string }
  | { type: "start" }
  | { type: "end" }
  | { type: "sequence"; parts: PatternNode[] }
  | { type: "choice"; options: PatternNode[] }
  | { type: "repeat"; part: PatternNode; min: number; max: number };

/** A pattern that is no regular expression, or one that this engine does not take. The message is for a person. */
export class PatternError extends Error {
  override name = "PatternError";
}

const patternLengthMax = 256;

/**
 * Parses an ECMAScript regular expression (with the `u` flag, as JSON Schema means it). Refuses with a PatternError
 * what no linear-time engine can do (back references, look-around) and the rarely used word boundaries and modifiers.
 */
export function parsePattern(pattern: string): PatternNode {
  if (pattern.length > patternLengthMax)
    throw new PatternError(`is longer than ${patternLengthMax} characters`);
  try {
    new RegExp(pattern, "u");
  } catch {
    throw new PatternError("is not a valid regular expression");
  }
  return new PatternParser(pattern).parse();
}

/** Recursive descent over a pattern that is known to be well-formed, so that only its structure has to be found. */
class PatternParser {
  private at = 0;

  constructor(private readonly pattern: string) {}

  parse(): PatternNode {
    return this.choice();
  }

  private choice(): PatternNode {
    const options = [this.sequence()];
    while (this.take("|")) options.push(this.sequence());
    return options.length === 1 ? options[0]! : { type: "choice", options };
  }

  private sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.at < this.pattern.length && !this.sees("|") && !this.sees(")")) parts.push(this.term());
    return { type: "sequence", parts };
  }

  private term(): PatternNode {
    if (this.take("^")) return { type: "start" };
    if (this.take("$")) return { type: "end" };
    return this.quantified(this.take("(") ? this.group() : this.char());
  }

  private group(): PatternNode {
    if (this.take("?") && !this.take(":")) {
      const name = this.match(/<[^=!>][^>]*>/y);
      if (name === null) throw new PatternError("uses look-around or modifiers, which are not supported");
    }
    const node = this.choice();
    this.take(")");
    return node;
  }

  private char(): PatternNode {
    if (this.sees("\\")) return { type: "char", source: this.escape() };
    // In a class, only an escaped bracket does not end it.
    const source = this.match(/\[(?:\\[^]|[^\]\\])*\]/uy) ?? this.match(/[^]/uy)!;
    return { type: "char", source };
  }

  private escape(): string {
    if (this.match(/\\[bB]/y) !== null) throw new PatternError("uses \\b or \\B, which is not supported");
    if (this.match(/\\(?:[1-9]|k<)/y) !== null)
      throw new PatternError("uses a back reference, which is not supported");
    return this.match(surrogatePair) ?? this.match(/\\(?:u\{[^}]*\}|u.{4}|x..|c.|[pP]\{[^}]*\}|[^])/uy)!;
  }

  private quantified(part: PatternNode): PatternNode {
    const quantifier = this.match(/[*+?]|\{\d+(?:,\d*)?\}/y);
    if (quantifier === null) return part;
    this.take("?"); // lazy: the same strings match
    const [min, max] = bounds(quantifier);
    return { type: "repeat", part, min, max };
  }

  private sees(text: string): boolean {
    return this.pattern.startsWith(text, this.at);
  }

  private take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.at += text.length;
    return true;
  }

  /** What a sticky expression matches here, or null; moves on past it. */
  private match(expression: RegExp): string | null {
    expression.lastIndex = this.at;
    const found = expression.exec(this.pattern)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }
}

/** Two escapes that together mean one code point, as \ud83d\ude80 does with the `u` flag. */
const surrogatePair = /\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}/y;

function bounds(quantifier: string): [min: number, max: number] {
  if (quantifier === "*") return [0, Infinity];
  if (quantifier === "+") return [1, Infinity];
  if (quantifier === "?") return [0, 1];
  const [min, max = min] = quantifier.slice(1, -1).split(",");
  return [Number(min), max === "" ? Infinity : Number(max)];
}
