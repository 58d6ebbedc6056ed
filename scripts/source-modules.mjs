// Lets a program in plain Node.js 24 import the server's own modules as the bundler does: `@/` is the repository, an
// extension may be left out, and `server-only` is nothing. Only for modules without JSX and without Prisma.
import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === "server-only") return { url: "data:text/javascript,", shortCircuit: true };
    if (specifier.startsWith("@/"))
      return nextResolve(withExtension(new URL(specifier.slice(2), root)), context);
    const isOurs = context.parentURL?.startsWith(root.href) && !context.parentURL.includes("/node_modules/");
    if (specifier.startsWith(".") && isOurs) {
      return nextResolve(withExtension(new URL(specifier, context.parentURL)), context);
    }
    return nextResolve(specifier, context);
  },
});

/** @param {URL} url */
function withExtension(url) {
  const typed = new URL(`${url.href}.ts`);
  return existsSync(fileURLToPath(typed)) ? typed.href : url.href;
}
