import { PatternError, type PatternNode } from "@/lib/domain/linear-pattern/parse";

/** One state of the automaton; `next` and `other` are indexes into the program. */
export type Instruction =
  | { type: "char"; test: (char: string) => boolean; next: number }
  | { type: "split"; next: number; other: number }
  | { type: "start"; next: number }
  | { type: "end"; next: number }
  | { type: "accept" };

const instructionsMax = 128;

/** Thompson's construction, written from the end backwards, so that every `next` exists before it is named. */
export function compileProgram(pattern: PatternNode): {
  instructions: readonly Instruction[];
  start: number;
} {
  const instructions: Instruction[] = [{ type: "accept" }];

  function add(instruction: Instruction): number {
    if (instructions.length >= instructionsMax) {
      throw new PatternError("is too large; a repeated part counts as often as it is repeated");
    }
    return instructions.push(instruction) - 1;
  }

  /** The state in which `node` begins when `next` is the one after it. */
  function compile(node: PatternNode, next: number): number {
    switch (node.type) {
      case "char":
        return add({ type: "char", test: charTest(node.source), next });
      case "start":
      case "end":
        return add({ type: node.type, next });
      case "sequence":
        return node.parts.reduceRight((after, part) => compile(part, after), next);
      case "choice":
        return node.options
          .map((option) => compile(option, next))
          .reduceRight((other, option) => add({ type: "split", next: option, other }));
      case "repeat":
        return compileRepeat(node, next);
    }
  }

  function compileRepeat({ part, min, max }: Extract<PatternNode, { type: "repeat" }>, next: number): number {
    let entry = next;
    if (max === Infinity) {
      const loop = add({ type: "split", next, other: next });
      instructions[loop] = { type: "split", next: compile(part, loop), other: next };
      entry = loop;
    } else {
      for (let optional = min; optional < max; optional++) {
        entry = add({ type: "split", next: compile(part, entry), other: next });
      }
    }
    for (let required = 0; required < min; required++) {
      const before = compile(part, entry);
      if (before === entry) break; // an empty part, which may claim to be repeated a billion times
      entry = before;
    }
    return entry;
  }

  const start = compile(pattern, 0);
  return { instructions, start };
}

/** JavaScript's own judgement of one code point: no repetition inside, so nothing to backtrack. */
function charTest(source: string): (char: string) => boolean {
  const expression = new RegExp(`^${source}$`, "u");
  return (char) => expression.test(char);
}
