import { parsePattern } from "@/lib/domain/linear-pattern/parse";
import { compileProgram, type Instruction } from "@/lib/domain/linear-pattern/program";

/** Longer strings match no pattern: what a pattern describes (a code, a name, a date) is shorter by far. */
export const matchedLengthMax = 8192;

/** Bounds the work of many matches together: characters are taken from it, and without them nothing matches. */
export interface MatchBudget {
  charactersLeft: number;
}

/** How many automaton states are remembered; past it, forgetting and starting over is cheaper than growing. */
const rememberedStatesMax = 1000;

/** A set of instructions the automaton is in at once. */
interface State {
  /** The `char` instructions that wait for the next code point. */
  waiting: readonly number[];
  accepts: boolean;
  acceptsAtEnd: boolean;
  after: Map<string, State>;
}

/**
 * A regular expression from someone else, matched in time linear in the string: all alternatives advance together
 * instead of one after the other, so no pattern and no string make it backtrack. The strings matched are the same as
 * `new RegExp(pattern, "u").test(text)` finds. Throws a PatternError for what it does not take.
 */
export function linearPattern(
  pattern: string,
  budget: MatchBudget = { charactersLeft: Infinity },
): { test(text: string): boolean } {
  const { instructions, start } = compileProgram(parsePattern(pattern));
  const initial = makeState(instructions, [start], true);
  const remembered = new Map<string, State>();

  function stateOf(entries: readonly number[]): State {
    const key = entries.join();
    const known = remembered.get(key);
    if (known !== undefined) return known;
    if (remembered.size >= rememberedStatesMax) {
      remembered.clear();
      initial.after.clear();
    }
    const state = makeState(instructions, entries, false);
    remembered.set(key, state);
    return state;
  }

  /** A match may begin anywhere, so `start` is entered again at every step. */
  function step(state: State, char: string): State {
    const known = state.after.get(char);
    if (known !== undefined) return known;
    const entries = [start];
    for (const index of state.waiting) {
      const instruction = instructions[index]!;
      if (instruction.type === "char" && instruction.test(char)) entries.push(instruction.next);
    }
    const next = stateOf(entries);
    state.after.set(char, next);
    return next;
  }

  return {
    test(text) {
      budget.charactersLeft -= text.length;
      if (text.length > matchedLengthMax || budget.charactersLeft < 0) return false;
      let state = initial;
      for (const char of text) {
        if (state.accepts) return true;
        state = step(state, char);
      }
      return state.accepts || state.acceptsAtEnd;
    },
  };
}

function makeState(
  instructions: readonly Instruction[],
  entries: readonly number[],
  atStart: boolean,
): State {
  const inside = closure(instructions, entries, atStart, false);
  const acceptsAtEnd = closure(instructions, entries, atStart, true).accepts;
  return { ...inside, acceptsAtEnd, after: new Map() };
}

/** Everything that can be reached from `entries` without reading a code point. */
function closure(
  instructions: readonly Instruction[],
  entries: readonly number[],
  atStart: boolean,
  atEnd: boolean,
) {
  const seen = new Uint8Array(instructions.length);
  const open = [...entries];
  const waiting: number[] = [];
  let accepts = false;
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (seen[index] === 1) continue;
    seen[index] = 1;
    const instruction = instructions[index]!;
    if (instruction.type === "accept") accepts = true;
    else if (instruction.type === "char") waiting.push(index);
    else if (instruction.type === "split") open.push(instruction.next, instruction.other);
    else if (instruction.type === "start" ? atStart : atEnd) open.push(instruction.next);
  }
  return { waiting, accepts };
}
