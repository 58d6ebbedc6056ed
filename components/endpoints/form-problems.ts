import type { ActionResult } from "@/lib/schemas/action-result";

export type Problems = (path: string) => string[];

/**
 * The messages of a field and of what lies below it (`retrySchedule[1]`, `headers.Host`), as sentences that stand
 * beside the field.
 */
export function problemsOf(result: ActionResult | null): Problems {
  const errors = result && !result.ok ? result.errors : [];
  return (path) =>
    errors.flatMap((error) => {
      if (error.path === path) return [sentence(error.message)];
      const below = error.path.startsWith(`${path}.`) || error.path.startsWith(`${path}[`);
      return below ? [`${partName(error.path.slice(path.length))} ${error.message}`] : [];
    });
}

/** Whether anything below one of the paths is wrong: a folded part of the form then opens by itself. */
export function hasProblems(problems: Problems, paths: readonly string[]): boolean {
  return paths.some((path) => problems(path).length > 0);
}

function partName(rest: string): string {
  const index = /^\[(\d+)\]/.exec(rest);
  return index ? `Entry ${Number(index[1]) + 1}` : rest.replace(/^\./, "");
}

function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}
