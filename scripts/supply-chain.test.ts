import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

interface Locked {
  version?: string;
  license?: string;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  optional?: boolean;
  link?: boolean;
  cpu?: string[];
}

const root = new URL("../", import.meta.url);
const readJson = (file: string) => JSON.parse(readFileSync(new URL(file, root), "utf8"));
const packageJson = readJson("package.json") as {
  allowScripts: Record<string, boolean>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
const lock = readJson("package-lock.json") as { lockfileVersion: number; packages: Record<string, Locked> };
const locked = Object.entries(lock.packages)
  .filter(([path]) => path !== "")
  .map(([path, entry]) => ({ ...entry, name: path.slice(path.lastIndexOf("node_modules/") + 13) }));

/** Whoever uses Posthorn may do so under its own licence, MIT: none of these asks for more than a notice. */
const allowed = new Set([
  ...[
    "MIT",
    "MIT-0",
    "ISC",
    "0BSD",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "Apache-2.0",
    "MPL-2.0",
    "BlueOak-1.0.0",
  ],
  ...["Unlicense", "CC0-1.0", "Python-2.0"],
]);

/** What comes with a package that we cannot do without, and why its licence asks nothing of us. */
const excepted: [pattern: RegExp, licence: string, reason: string][] = [
  [/^caniuse-lite$/, "CC-BY-4.0", "a table of browsers, read while building"],
  [/^geist$/, "SIL OPEN FONT LICENSE", "the font of the pages, unchanged"],
  [/^elkjs$/, "EPL-2.0", "of Prisma's command line, which is not run"],
  [
    /^@img\/sharp-libvips-/,
    "LGPL-3.0-or-later",
    "a shared library, optional for Next, unchanged and not linked by us",
  ],
  [/^@img\/sharp-(wasm32|win32-)/, "LGPL-3.0-or-later", "as above"],
];

/** `(MIT OR Apache-2.0)`: one must do. `MIT AND ISC`, or `MIT and ISC`: all must. */
function isAllowed(licence: string): boolean {
  return licence
    .replaceAll(/[()]/g, "")
    .split(/ or /i)
    .some((choice) => choice.split(/ and /i).every((part) => allowed.has(part.trim())));
}

function isExcepted({ name, license }: { name: string; license?: string }): boolean {
  return excepted.some(([pattern, licence]) => pattern.test(name) && license?.includes(licence));
}

describe("licences", () => {
  it("of every dependency are among those that ask for no more than a notice", () => {
    expect(locked.length).toBeGreaterThan(500);
    const others = locked.filter((entry) => !isAllowed(entry.license ?? "none") && !isExcepted(entry));
    expect(others.map(({ name, license }) => `${name}: ${license ?? "none"}`)).toEqual([]);
  });

  it("are excepted only where something is", () => {
    for (const [pattern, licence] of excepted) {
      const matching = locked.filter(({ name, license }) => pattern.test(name) && license?.includes(licence));
      expect(matching.length, String(pattern)).toBeGreaterThan(0);
    }
  });

  it("are all listed in docs/licences.txt (vitest run -u scripts/supply-chain.test.ts writes it)", async () => {
    const byLicence = Map.groupBy(locked, ({ license }) => license ?? "none");
    const sections = [...byLicence]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([licence, entries]) => {
        const names = [...new Set(entries.map(({ name }) => name))].toSorted();
        return [`${licence} (${names.length})`, ...names.map((name) => `  ${name}`)].join("\n");
      });
    const reasons = excepted.map(
      ([pattern, licence, reason]) => `  ${pattern.source} (${licence}): ${reason}`,
    );
    const text = [
      ...sections,
      ["Accepted although not on the list of scripts/supply-chain.test.ts", ...reasons].join("\n"),
    ];
    await expect(`${text.join("\n\n")}\n`).toMatchFileSnapshot(
      fileURLToPath(new URL("docs/licences.txt", root)),
    );
  });
});

describe("the lock file", () => {
  it("is the only one", () => {
    const others = /^(yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|npm-shrinkwrap\.json|deno\.lock)$/;
    expect(readdirSync(root).filter((name) => others.test(name))).toEqual([]);
    expect(lock.lockfileVersion).toBe(3);
  });

  it("takes everything from the registry, by its hash", () => {
    for (const { name, resolved, integrity, optional, cpu, link } of locked) {
      expect(link, name).toBeUndefined();
      if (resolved !== undefined) expect(resolved, name).toMatch(/^https:\/\/registry\.npmjs\.org\//);
      // Of other platforms' binaries npm has seen only that they exist; none of them is installed where it was made.
      if (optional && cpu && integrity === undefined) continue;
      expect(integrity, name).toMatch(/^sha512-/);
    }
  });

  it("has what package.json asks for, by version and not by address", () => {
    for (const [name, range] of Object.entries({
      ...packageJson.dependencies,
      ...packageJson.devDependencies,
    })) {
      expect(range, name).toMatch(/^[\^~]?\d/);
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBeDefined();
    }
  });
});

describe("install scripts", () => {
  const withScript = [...new Set(locked.filter((entry) => entry.hasInstallScript).map(({ name }) => name))];

  it("are allowed or refused one by one", () => {
    expect(Object.keys(packageJson.allowScripts).toSorted()).toEqual(withScript.toSorted());
  });

  it("run for the one package that does not work without", () => {
    const running = Object.entries(packageJson.allowScripts).filter(([, runs]) => runs);
    // It puts the Node.js of this platform in its place.
    expect(running.map(([name]) => name)).toEqual(["node"]);
  });
});
