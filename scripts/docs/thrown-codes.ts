/**
 * Which error codes a handler can end with, read from the code: from the handler every function, method and value that it
 * names, and what those name in turn; each `new EngineError('CODE', …)` on the way counts. What is behind an interface (a
 * provider's client) is looked for by the member's name among the objects that the project makes.
 */
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(__dirname, '../..');

/** By capability; sorted. */
export function thrownCodes(): Map<string, string[]> {
  const program = ts.createProgram([path.join(root, 'activities/shipped-agents.ts')], compilerOptions());
  const checker = program.getTypeChecker();
  const own = program.getSourceFiles().filter(({ fileName }) => isOwn(fileName));
  const members = {
    ofAgents: membersByName(own.filter(({ fileName }) => fileName.includes('/activities/'))),
    ofProviders: membersByName(own.filter(({ fileName }) => isProviders(fileName))),
  };
  const reach = reachIn(checker, members);
  const handlers = new Map<string, string[]>();
  for (const file of own.filter(({ fileName }) => fileName.includes('/activities/'))) {
    visit(file, (node) => {
      if (!ts.isPropertyAssignment(node) && !ts.isMethodDeclaration(node)) return;
      const name = ts.isStringLiteral(node.name) ? node.name.text : '';
      if (!/^[a-z_]+\.[a-z_]+$/.test(name)) return;
      handlers.set(name, [...new Set([...(handlers.get(name) ?? []), ...reach(node)])].sort());
    });
  }
  return handlers;
}

function compilerOptions(): ts.CompilerOptions {
  const file = path.join(root, 'tsconfig.json');
  const { config } = ts.readConfigFile(file, ts.sys.readFile) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, root).options;
}

const isOwn = (file: string): boolean =>
  /\/(src|activities)\//.test(file) && !file.includes('node_modules') && !file.endsWith('.test.ts');

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}

/** Members of object literals by name: in the place of a member of an interface. */
interface Members {
  ofAgents: ReadonlyMap<string, ts.Node[]>;
  ofProviders: ReadonlyMap<string, ts.Node[]>;
}

function membersByName(files: readonly ts.SourceFile[]): Map<string, ts.Node[]> {
  const members = new Map<string, ts.Node[]>();
  for (const file of files) {
    visit(file, (node) => {
      if (!ts.isObjectLiteralElementLike(node) || !node.name || !ts.isObjectLiteralExpression(node.parent))
        return;
      const name = node.name.getText();
      members.set(name, [...(members.get(name) ?? []), node]);
    });
  }
  return members;
}

function reachIn(checker: ts.TypeChecker, members: Members): (from: ts.Node) => Set<string> {
  const direct = new Map<ts.Node, { codes: string[]; next: ts.Node[] }>();
  const lookAt = (from: ts.Node): { codes: string[]; next: ts.Node[] } => {
    const known = direct.get(from);
    if (known) return known;
    const found = { codes: [] as string[], next: [] as ts.Node[] };
    visit(from, (node) => {
      if (ts.isNewExpression(node) && node.expression.getText() === 'EngineError') {
        const [code] = node.arguments ?? [];
        if (code) visit(code, (part) => void (ts.isStringLiteral(part) && found.codes.push(part.text)));
      }
      if (ts.isIdentifier(node)) found.next.push(...declarationsOf(node, checker, members));
    });
    direct.set(from, found);
    return found;
  };
  return (from) => {
    const seen = new Set<ts.Node>([from]);
    const codes = new Set<string>();
    const open = [from];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      const { codes: own, next } = lookAt(node);
      own.forEach((code) => codes.add(code));
      for (const other of next) {
        if (seen.has(other)) continue;
        seen.add(other);
        open.push(other);
      }
    }
    return codes;
  };
}

/** What has a body: types say nothing of what is thrown. */
function declarationsOf(node: ts.Identifier, checker: ts.TypeChecker, members: Members): ts.Node[] {
  return declared(symbolAt(node, checker), checker).flatMap((declaration) => {
    const { fileName } = declaration.getSourceFile();
    if (!isOwn(fileName)) return [];
    if (!ts.isPropertySignature(declaration) && !ts.isMethodSignature(declaration))
      return hasBody(declaration) ? [declaration] : [];
    const name = declaration.name.getText();
    if (isProviders(fileName)) return members.ofProviders.get(name) ?? [];
    return isService(declaration) ? (members.ofAgents.get(name) ?? []) : [];
  });
}

function symbolAt(node: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  if (ts.isShorthandPropertyAssignment(node.parent))
    return checker.getShorthandAssignmentValueSymbol(node.parent);
  return checker.getSymbolAtLocation(node);
}

/** Through imports, and from a destructured name to the member that it stands for. */
function declared(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): readonly ts.Declaration[] {
  if (!symbol) return [];
  const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return (meant.declarations ?? []).flatMap((declaration) => {
    if (!ts.isBindingElement(declaration)) return [declaration];
    const name = (declaration.propertyName ?? declaration.name).getText();
    return checker.getTypeAtLocation(declaration.parent).getProperty(name)?.declarations ?? [];
  });
}

const hasBody = (node: ts.Node): boolean =>
  ts.isFunctionDeclaration(node) ||
  ts.isVariableDeclaration(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isClassDeclaration(node) ||
  ts.isPropertyAssignment(node);

const isProviders = (fileName: string): boolean => fileName.includes('/src/providers/');

/** What agents are built from: handed in where they are made. */
const isService = ({ parent }: ts.Declaration): boolean =>
  ts.isInterfaceDeclaration(parent) && parent.name.text.endsWith('Services');
