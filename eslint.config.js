import nextPlugin from "@next/eslint-plugin-next";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const testFiles = ["**/*.test.{ts,tsx}", "**/testing/**", "e2e/**"];

/** What lies in `target` may not import from `from`; `except` is relative to `from`. */
const zone = (target, from, message, except) => ({
  target: `./${target}`,
  from: `./${from}`,
  message,
  ...(except ? { except } : {}),
});

const outwards = "Imports run app -> components -> lib; never back.";
const zones = [
  zone("lib", "app", outwards),
  zone("lib", "components", outwards),
  zone("components", "app", outwards),
  zone("components/ui", "components", "ui/ holds no domain word and imports only ui/.", ["./ui"]),
  zone("components", "lib/server", "Server code reaches a component as props or as an action."),
  zone("lib/domain", "lib", "domain/ imports nothing of ours but domain/.", ["./domain"]),
  zone("lib/format", "lib/server", "format/ also runs in the browser."),
  zone("lib/format", "lib/queries", "format/ knows nothing of fetching."),
  zone("lib/schemas", "lib/server", "schemas/ also run in the browser."),
  zone("lib/schemas", "lib/queries", "schemas/ know nothing of fetching."),
  zone("lib/queries", "lib/server", "queries/ run in the browser and talk to app/api/internal."),
  zone("lib/server", "lib/queries", "queries/ are the browser's side."),
  zone("lib/server/db", "lib/server/use-cases", "db/ holds queries; a use-case calls them."),
  zone("lib/server/db", "lib/server/delivery", "db/ holds queries; the engine calls them."),
  zone("lib/server/db", "lib/server/http", "db/ holds queries; a route calls a use-case."),
  zone("lib/server/delivery", "lib/server/use-cases", "The engine is below the use-cases."),
];
const appZones = [
  zone("app", "lib/server/db", "app/ is thin: read and write through lib/server/use-cases."),
  zone("app", "lib/server/delivery", "app/ is thin: drive the engine through lib/server/use-cases."),
];

const impure = "domain/ is pure: take now and random as arguments, return data.";
const pureDomain = {
  "no-restricted-globals": [
    "error",
    ...[
      ...["fetch", "process", "performance", "queueMicrotask", "crypto"],
      ...["setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval"],
    ].map((name) => ({ name, message: impure })),
  ],
  "no-restricted-properties": [
    "error",
    { object: "Date", property: "now", message: impure },
    { object: "Math", property: "random", message: impure },
  ],
  "no-restricted-syntax": [
    "error",
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: impure },
    { selector: "CallExpression[callee.name='Date']", message: impure },
    { selector: "AwaitExpression", message: "domain/ is synchronous." },
    { selector: ":function[async=true]", message: "domain/ is synchronous." },
  ],
  "no-restricted-imports": [
    "error",
    {
      paths: [
        {
          name: "node:crypto",
          importNames: ["default", "randomBytes", "randomUUID", "randomInt", "randomFillSync", "webcrypto"],
          message: impure,
        },
      ],
      patterns: [
        {
          regex: "^(node:)?(fs|http|https|net|dns|tls|child_process|process|timers|perf_hooks|os)(/|$)",
          message: impure,
        },
      ],
    },
  ],
};

export default defineConfig([
  globalIgnores([
    "**/node_modules/**",
    ".next*/**",
    ".posthorn*/**",
    "lib/server/db/generated/**",
    "next-env.d.ts",
    "playwright-report/**",
    "test-results/**",
  ]),
  {
    files: ["**/*.{ts,tsx,mts,js,mjs}"],
    extends: [tseslint.configs.recommended],
    plugins: { "import-x": importX },
    settings: {
      "import-x/extensions": [".ts", ".tsx", ".mjs", ".js"],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
      "import-x/resolver-next": [
        createNodeResolver({
          extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
          tsconfig: { configFile: `${import.meta.dirname}/tsconfig.json` },
        }),
      ],
    },
    rules: {
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "import-x/no-restricted-paths": [
        "error",
        { basePath: import.meta.dirname, zones: [...zones, ...appZones] },
      ],
      "import-x/no-duplicates": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "inline-type-imports", disallowTypeAnnotations: false },
      ],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "error",
    },
  },
  {
    // A promise that nobody awaits is a lost error, in a delivery engine above all: worth the type checker's time.
    files: ["{app,components,lib}/**/*.{ts,tsx}", "*.ts"],
    ignores: testFiles,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/await-thenable": "error",
    },
  },
  {
    files: ["{app,components}/**/*.{ts,tsx}", "lib/queries/**/*.{ts,tsx}"],
    extends: [reactHooks.configs.flat.recommended, nextPlugin.configs["core-web-vitals"]],
  },
  { files: ["lib/domain/**/*.ts"], ignores: testFiles, rules: pureDomain },
  {
    files: testFiles,
    rules: {
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones }],
    },
  },
  // Programs talk to a terminal; everything else has the logger.
  { files: ["scripts/**", "bench/**", "chaos/**", "prisma/**"], rules: { "no-console": "off" } },
]);
