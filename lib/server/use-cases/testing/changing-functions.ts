import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** A function, class or constant at the top of a module, with what it mentions. */
interface Part {
  text: string;
  isExported: boolean;
  /** `path#name` of the parts it can reach directly. */
  mentions: string[];
}

const startOfPart = /^(export )?(?:async )?(?:function\*?|const|class) (\w+)/;
const writesByPrisma = /prisma\.\w+\.(create|update|upsert|delete)\w*\(/;
const writesBySql = /\b(INSERT INTO|DELETE FROM|TRUNCATE|UPDATE (?!SKIP|SET|OF\b)[a-z_]+)\b/;
const opensSecrets = /sealer\.open\(|newApiKey\(\)|\?token=\$\{/;
/** Writing about a change is none. */
const recorders = new Set(["recordAudit", "insertAudit"]);

/**
 * `file#function` of every exported use-case that changes something or shows a secret, itself or through what it calls.
 * Read from the source, so that a new one is noticed; by text, so that it errs on the side of finding too many.
 */
export function changingUseCases(): string[] {
  const parts = readParts();
  const reaches = (start: string, wanted: RegExp[]) => {
    const seen = new Set<string>();
    const open = [start];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      const part = parts.get(id);
      if (!part || recorders.has(id.split("#")[1] ?? "")) continue;
      if (wanted.some((pattern) => pattern.test(part.text))) return true;
      open.push(...part.mentions);
    }
    return false;
  };
  return [...parts]
    .filter(([id, { isExported }]) => isExported && /^lib\/server\/use-cases\/[^/]+#/.test(id))
    .filter(([id]) => reaches(id, [writesByPrisma, writesBySql, opensSecrets]))
    .map(([id]) => id.replace("lib/server/use-cases/", "").replace(".ts#", "#"))
    .sort();
}

function readParts(): Map<string, Part> {
  const parts = new Map<string, Part>();
  const files = readdirSync(join(root, "lib/server"), { recursive: true, encoding: "utf8" })
    .map((file) => `lib/server/${file}`)
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\/(generated|testing)\//.test(file));
  for (const file of files) {
    const source = readFileSync(join(root, file), "utf8");
    const texts = splitIntoParts(source);
    const known = new Map([
      ...imports(file, source),
      ...[...texts.keys()].map((name) => [name, `${file}#${name}`] as const),
    ]);
    for (const [name, { text, isExported }] of texts) {
      const words = new Set(text.match(/\b[A-Za-z_]\w*\b/g));
      const mentions = [...known].filter(([word]) => word !== name && words.has(word)).map(([, id]) => id);
      parts.set(`${file}#${name}`, { text, isExported, mentions });
    }
  }
  return parts;
}

function splitIntoParts(source: string): Map<string, { text: string; isExported: boolean }> {
  const parts = new Map<string, { text: string; isExported: boolean }>();
  let current: { text: string; isExported: boolean } | null = null;
  for (const line of source.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "").split("\n")) {
    const start = startOfPart.exec(line);
    if (start) parts.set(start[2] ?? "", (current = { text: "", isExported: start[1] !== undefined }));
    if (current) current.text += `${line}\n`;
  }
  return parts;
}

/** What a module's names mean elsewhere, types left out. */
function imports(file: string, source: string): Map<string, string> {
  const known = new Map<string, string>();
  for (const [, names = "", from = ""] of source.matchAll(/^import \{([^}]*)\} from "([^"]+)";/gm)) {
    const target = resolveModule(file, from);
    if (target === null) continue;
    for (const name of names.split(",").map((one) => one.trim())) {
      const [, original, alias] = /^(\w+)(?: as (\w+))?$/.exec(name) ?? [];
      if (original) known.set(alias ?? original, `${target}#${original}`);
    }
  }
  return known;
}

function resolveModule(file: string, from: string): string | null {
  const base = from.startsWith("@/")
    ? from.slice(2)
    : from.startsWith(".")
      ? relative(root, join(root, dirname(file), from))
      : null;
  if (base === null) return null;
  return (
    [base, `${base}.ts`, `${base}.tsx`].find(
      (path) => /\.tsx?$/.test(path) && existsSync(join(root, path)),
    ) ?? null
  );
}
