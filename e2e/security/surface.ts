import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface ServerAction {
  name: string;
  file: string;
}

/** Every page by its address: `/endpoints/[id]`. Read from the files, so that a new one is there by itself. */
export function pages(): string[] {
  return filesNamed("page.tsx").map(addressOf).sort();
}

/** Every method of every route handler: `GET /api/v1/endpoints/[id]`. */
export function routes(): string[] {
  return filesNamed("route.ts")
    .flatMap((file) => exportedNames(file).map((method) => [method, file] as const))
    .filter(([method]) => /^[A-Z]+$/.test(method))
    .map(([method, file]) => `${method} ${addressOf(file)}`)
    .sort();
}

/** Every function that a file beginning with "use server" exports; and every function that is one by itself. */
export function serverActions(): ServerAction[] {
  return ["app", "components", "lib"]
    .flatMap((folder) => sourceFiles(folder))
    .flatMap((file) => actionsIn(file).map((name) => ({ name, file })));
}

function filesNamed(name: string): string[] {
  return sourceFiles("app").filter((file) => file.endsWith(`/${name}`));
}

function sourceFiles(folder: string): string[] {
  return readdirSync(root + folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /(?<!\.d|\.test)\.tsx?$/.test(path))
    .map((path) => `${folder}/${path}`);
}

/** Folders in parentheses are no part of the address. */
function addressOf(file: string): string {
  const segments = file.split("/").slice(1, -1);
  return `/${segments.filter((segment) => !segment.startsWith("(")).join("/")}`;
}

function actionsIn(file: string): string[] {
  const text = readFileSync(root + file, "utf8");
  if (!text.includes("use server")) return [];
  const source = parse(file, text);
  return isServerFile(source) ? exportedNamesOf(source) : inlineActions(source);
}

function exportedNames(file: string): string[] {
  return exportedNamesOf(parse(file, readFileSync(root + file, "utf8")));
}

function parse(file: string, text: string): ts.SourceFile {
  const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
}

function isServerFile({ statements }: ts.SourceFile): boolean {
  const [first] = statements;
  return first !== undefined && isUseServer(first);
}

function isUseServer(node: ts.Node): boolean {
  return (
    ts.isExpressionStatement(node) &&
    ts.isStringLiteral(node.expression) &&
    node.expression.text === "use server"
  );
}

/** Values only: types cannot be called. */
function exportedNamesOf({ statements }: ts.SourceFile): string[] {
  return statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) return namesInClause(statement);
    if (ts.isExportAssignment(statement)) return ["default"];
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isFunctionDeclaration(statement)) return [statement.name?.text ?? "default"];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  });
}

function namesInClause({ exportClause, isTypeOnly }: ts.ExportDeclaration): string[] {
  if (isTypeOnly) return [];
  if (!exportClause || !ts.isNamedExports(exportClause)) return ["*"];
  return exportClause.elements.filter((element) => !element.isTypeOnly).map(({ name }) => name.text);
}

function inlineActions(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isBlock(node) && node.statements[0] && isUseServer(node.statements[0])) {
      found.push(`inline action at line ${source.getLineAndCharacterOfPosition(node.pos).line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
