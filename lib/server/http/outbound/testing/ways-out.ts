import ts from "typescript";

/** Modules that can open a connection. `pg` and next-auth open theirs only to what the operator has configured. */
const connecting =
  /^(node:)?(http|https|http2|net|tls|dgram|dns|dns\/promises)$|^(undici|ws|axios|got|node-fetch|nodemailer|openid-client)(\/|$)/;
const globals = new Set(["fetch", "WebSocket", "EventSource", "XMLHttpRequest"]);

/** What in a source could make a connection: modules that it loads, globals that it uses. Types make none. */
export function waysOut(source: string, fileName = "source.tsx"): string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    const way = moduleOf(node) ?? globalOf(node);
    if (way) found.add(way);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true));
  return [...found].sort();
}

function moduleOf(node: ts.Node): string | null {
  const specifier = specifierOf(node);
  return specifier && ts.isStringLiteralLike(specifier) && connecting.test(specifier.text)
    ? specifier.text
    : null;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node)) return node.importClause?.isTypeOnly ? undefined : node.moduleSpecifier;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly ? undefined : node.moduleSpecifier;
  if (!ts.isCallExpression(node)) return undefined;
  const { expression, arguments: given } = node;
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    /(^|\.)(require|getBuiltinModule)$/.test(expression.getText());
  return loads ? given[0] : undefined;
}

/** A global by its name alone, as a member of `globalThis` or `window`, or `navigator.sendBeacon`. */
function globalOf(node: ts.Node): string | null {
  if (ts.isPropertyAccessExpression(node)) {
    if (node.name.text === "sendBeacon") return "sendBeacon";
    return /^(globalThis|window|self)$/.test(node.expression.getText()) && globals.has(node.name.text)
      ? node.name.text
      : null;
  }
  if (!ts.isIdentifier(node) || !globals.has(node.text)) return null;
  const { parent } = node;
  const isUse =
    (ts.isCallExpression(parent) && parent.expression === node) ||
    (ts.isNewExpression(parent) && parent.expression === node) ||
    (ts.isCallExpression(parent) && parent.arguments.includes(node)) ||
    (ts.isVariableDeclaration(parent) && parent.initializer === node);
  return isUse ? node.text : null;
}
