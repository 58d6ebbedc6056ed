import "server-only";
import type { z } from "zod";
import type { FieldProblem } from "@/lib/server/app-error";

/** Zod's issues as the contract's `errors`: paths like `events[3].eventType`. */
export function fieldProblems(error: z.ZodError): FieldProblem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        path: pathText([...issue.path, key]),
        message: "is not a known field",
      }));
    }
    return [{ path: pathText(issue.path) || "body", message: issue.message }];
  });
}

export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );
}
