// A cell as a script. What it declares at its top belongs to all cells: such a name becomes a property of
// one object, in every place where the cell declares, reads or writes it, so that a function of an early
// cell sees what a later one assigns. Names inside functions and blocks stay as they are.
//
//   let n = 0;               →  $notebook.n = 0, $cell.reached("n");
//   function inc() { n++ }   →  function inc() { $notebook.n++ }   and first of all: $notebook.inc = inc
//   import { f } from "./f"; →  $cell.imported(await $cell.load("./f"), { f: "f" });
//   inc();                   →  await $cell.value((0, $notebook.inc)());
//
// The compiler does this on its way to JavaScript, where it knows what each name means.
"use strict";
const { ts } = require("./compiler.cjs");
const { isCell } = require("./project.cjs");

const { factory: f, SyntaxKind, SymbolFlags, NodeFlags, ModifierFlags } = ts;

/**
 * @param {any} program @param {any} source a cell without faults
 * @returns {{ text: string, map: string, declares: string[] }} the script's value is a function of what
 *   stands for $notebook and $cell; the values it declares
 */
function scriptOf(program, source) {
  const names = new Names(program.getTypeChecker(), source);
  let js;
  let map;
  const write = (name, text) => {
    if (name.endsWith(".map")) map = text;
    else if (name.endsWith(".js")) js = text;
  };
  const before = [(context) => (file) => new Rewriting(context, names).file(file)];
  program.emit(source, write, undefined, false, { before });
  const body = js.replace(/^export \{\};$/m, "").replace(/^\/\/# sourceMappingURL=.*$/m, "");
  return {
    text: `(async function (${names.notebook}, ${names.cell}) { "use strict";\n${body}\n})`,
    map,
    declares: names.declared(),
  };
}

/** What names mean: which belong to all cells, and which are free for the kernel's own use. */
class Names {
  #checker;
  #source;

  constructor(checker, source) {
    this.#checker = checker;
    this.#source = source;
    const unused = (name) => (source.text.includes(name) ? unused(`${name}_`) : name);
    this.notebook = unused("$notebook");
    this.cell = unused("$cell");
  }

  /** The name of all cells that an identifier stands for, if it does. */
  shared(identifier) {
    const symbol = ts.isShorthandPropertyAssignment(identifier.parent)
      ? this.#checker.getShorthandAssignmentValueSymbol(identifier.parent)
      : this.#checker.getSymbolAtLocation(identifier);
    return symbol && this.#isShared(identifier.text, symbol) ? identifier.text : undefined;
  }

  #isShared(name, symbol) {
    const [declaration] = symbol.declarations ?? [];
    const file = declaration?.getSourceFile();
    if (!file || !isCell(file.fileName) || symbol.declarations.every(isAmbient)) return false;
    const own = file.locals.get(name);
    return own !== undefined && (own === symbol || own.exportSymbol === symbol);
  }

  /** Whether a name, of an import for instance, stands for a value and not for a type alone. */
  isValue(identifier) {
    const symbol = this.#checker.getSymbolAtLocation(identifier);
    return symbol !== undefined && this.#isValue(symbol);
  }

  #isValue(symbol) {
    const { Alias, Value } = SymbolFlags;
    if (symbol.declarations?.some(ts.isTypeOnlyImportOrExportDeclaration)) return false;
    const target = symbol.flags & Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
    return (target.flags & Value) !== 0;
  }

  declared() {
    return [...this.#source.locals]
      .map(([name, symbol]) => [name, symbol.exportSymbol ?? symbol])
      .filter(([name, symbol]) => this.#isShared(name, symbol) && this.#isValue(symbol))
      .map(([name]) => name);
  }
}

const isAmbient = (declaration) =>
  (ts.getCombinedModifierFlags(declaration) & ModifierFlags.Ambient) !== 0;

/** Declarations that stay as they are, and whose value is then given to all cells. */
const isNamedOnce = (node) =>
  ts.isClassDeclaration(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node);

class Rewriting {
  /** `var`s without a value, which are undefined from the start. @type {string[]} */
  #empty = [];
  #context;
  #names;

  constructor(context, names) {
    this.#context = context;
    this.#names = names;
  }

  file(file) {
    const hoisted = file.statements
      .filter((node) => ts.isFunctionDeclaration(node) && node.body && node.name)
      .map(({ name }) => this.#declare(name, f.createIdentifier(name.text)));
    const last = file.statements.at(-1);
    // Imports come first, wherever they are written.
    const imports = file.statements
      .filter(ts.isImportDeclaration)
      .map((node) => this.#import(node));
    const others = file.statements.filter((node) => !ts.isImportDeclaration(node));
    const statements = others.flatMap((node) => {
      const made = this.#visit(node);
      if (node !== last || !ts.isExpressionStatement(node)) return made ?? [];
      return at(statement(f.createAwaitExpression(this.#ask("value", made.expression))), node);
    });
    const empty = this.#empty.map((text) => this.#declare({ text }, f.createVoidZero()));
    return f.updateSourceFile(file, [...hoisted, ...empty, ...imports, ...statements]);
  }

  #visit = (node) => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
    switch (node.kind) {
      case SyntaxKind.Identifier:
        return this.#identifier(node);
      case SyntaxKind.ShorthandPropertyAssignment:
        return this.#shorthand(node);
      case SyntaxKind.CallExpression:
        return this.#call(node);
      case SyntaxKind.TaggedTemplateExpression:
        return this.#tagged(node);
      case SyntaxKind.AwaitExpression:
        return this.#resumed(this.#children(node), node);
      case SyntaxKind.ForOfStatement:
        return this.#loop(this.#children(node));
      case SyntaxKind.MetaProperty:
        return node.keywordToken === SyntaxKind.ImportKeyword ? this.#help("meta") : node;
      case SyntaxKind.VariableStatement:
        return this.#variables(node);
      case SyntaxKind.VariableDeclarationList:
        return this.#loopVariables(node);
      case SyntaxKind.ExportDeclaration:
        return f.createNotEmittedStatement(node);
      case SyntaxKind.ExportAssignment:
        return at(statement(this.#visit(node.expression)), node);
      case SyntaxKind.HeritageClause:
        // What a class implements is a type.
        return node.token === SyntaxKind.ExtendsKeyword ? this.#children(node) : node;
      case SyntaxKind.ExportKeyword:
      case SyntaxKind.DefaultKeyword:
        // All that a cell declares is for the others. A namespace chooses.
        return ts.isSourceFile(node.parent.parent) ? undefined : node;
      case SyntaxKind.InterfaceDeclaration:
      case SyntaxKind.TypeAliasDeclaration:
        return node;
      default:
        if (isNamedOnce(node)) return this.#namedOnce(node);
        return this.#children(node);
    }
  };

  #children(node) {
    return ts.visitEachChild(node, this.#visit, this.#context);
  }

  /** `$notebook.name` */
  #get(name) {
    return f.createPropertyAccessExpression(f.createIdentifier(this.#names.notebook), name);
  }

  #set(name, value) {
    return f.createAssignment(this.#get(name), value);
  }

  /** `$cell.name` */
  #help(name) {
    return f.createPropertyAccessExpression(f.createIdentifier(this.#names.cell), name);
  }

  #ask(name, ...given) {
    return f.createCallExpression(this.#help(name), undefined, given);
  }

  #reached(names) {
    return this.#ask("reached", ...names.map((name) => f.createStringLiteral(name)));
  }

  /** Gives the value of a declaration that stands in the script to all cells. */
  #declare(identifier, value) {
    const { text } = identifier;
    return statement(f.createComma(this.#set(text, value), this.#reached([text])));
  }

  #identifier(node) {
    if (node.parent?.name === node && ts.isDeclaration(node.parent)) return node;
    const name = this.#names.shared(node);
    return name === undefined || isInsideItself(node, name) ? node : at(this.#get(name), node);
  }

  #shorthand(node) {
    const name = this.#names.shared(node.name);
    if (name === undefined) return this.#children(node);
    const { objectAssignmentInitializer: otherwise } = node;
    const value = otherwise ? this.#set(name, this.#visit(otherwise)) : this.#get(name);
    return at(f.createPropertyAssignment(name, value), node);
  }

  #call(node) {
    const { expression } = node;
    if (expression.kind === SyntaxKind.ImportKeyword)
      return at(this.#ask("importing", ...node.arguments.map(this.#visit)), node);
    const made = this.#children(node);
    const callee = this.#withoutThis(expression, made.expression);
    if (callee === made.expression) return made;
    return ts.isCallChain(made)
      ? f.updateCallChain(made, callee, made.questionDotToken, undefined, made.arguments)
      : f.updateCallExpression(made, callee, undefined, made.arguments);
  }

  #tagged(node) {
    const made = this.#children(node);
    const tag = this.#withoutThis(node.tag, made.tag);
    return f.updateTaggedTemplateExpression(made, tag, undefined, made.template);
  }

  /** A function that is called by its name alone gets no `this`. */
  #withoutThis(before, after) {
    if (!ts.isIdentifier(before) || before === after) return after;
    return at(
      f.createParenthesizedExpression(f.createComma(f.createNumericLiteral(0), after)),
      before,
    );
  }

  /** A stopped cell does not go on after an await. */
  #resumed(made, node) {
    return at(this.#ask("resume", made), node);
  }

  #loop(made) {
    if (!made.awaitModifier) return made;
    const body = ts.isBlock(made.statement) ? made.statement.statements : [made.statement];
    const block = f.createBlock([statement(this.#ask("resume")), ...body], true);
    return f.updateForOfStatement(
      made,
      made.awaitModifier,
      made.initializer,
      made.expression,
      block,
    );
  }

  #namedOnce(node) {
    const made = this.#children(node);
    if (ts.isSourceFile(node.parent) && node.name && this.#names.shared(node.name) !== undefined)
      if (this.#names.isValue(node.name))
        return [made, this.#declare(node.name, f.createIdentifier(node.name.text))];
    return made;
  }

  #variables(node) {
    const { declarationList: list } = node;
    const names = boundNames(list);
    if (isAmbient(node) || !this.#areShared(names)) return this.#children(node);
    if (list.flags & NodeFlags.Using) {
      // It stays a declaration, because the end of the cell disposes of it.
      const shared = names.map((name) => this.#declare(name, f.createIdentifier(name.text)));
      const held = ts.visitNodes(list.declarations, (one) => this.#children(one));
      const kept = f.updateVariableDeclarationList(list, held);
      return [f.updateVariableStatement(node, undefined, kept), ...shared];
    }
    const made = this.#assignments(list);
    return made.length === 0
      ? f.createNotEmittedStatement(node)
      : at(statement(sequence(made)), node);
  }

  /** `for (var i = 0; …)`, `for (var x of …)`: the only lists outside a statement. */
  #loopVariables(list) {
    const names = boundNames(list);
    if (!this.#areShared(names)) return this.#children(list);
    if (ts.isForStatement(list.parent)) {
      const made = this.#assignments(list);
      return made.length === 0 ? undefined : sequence(made);
    }
    this.#empty.push(...names.map(({ text }) => text));
    return this.#target(list.declarations[0].name);
  }

  /** Names of one list are all of the same scope. */
  #areShared([first]) {
    return first !== undefined && this.#names.shared(first) !== undefined;
  }

  #assignments(list) {
    const isVar = (list.flags & NodeFlags.BlockScoped) === 0;
    return list.declarations.flatMap((one) => {
      const names = boundNames(one).map(({ text }) => text);
      if (!one.initializer && isVar) {
        this.#empty.push(...names);
        return [];
      }
      const value = one.initializer ? this.#visit(one.initializer) : f.createVoidZero();
      const named = ts.isIdentifier(one.name) ? withName(one.name.text, value) : value;
      const target = this.#target(one.name);
      return [at(f.createAssignment(target, named), one), this.#reached(names)];
    });
  }

  /** A declared name or pattern as what is assigned to. */
  #target(name) {
    if (ts.isIdentifier(name)) return at(this.#get(name.text), name);
    const withDefault = (element, target) =>
      element.initializer ? f.createAssignment(target, this.#visit(element.initializer)) : target;
    if (ts.isArrayBindingPattern(name))
      return f.createArrayLiteralExpression(
        name.elements.map((element) => {
          if (ts.isOmittedExpression(element)) return f.createOmittedExpression();
          const target = withDefault(element, this.#target(element.name));
          return element.dotDotDotToken ? f.createSpreadElement(target) : target;
        }),
      );
    return f.createObjectLiteralExpression(
      name.elements.map((element) => {
        const target = this.#target(element.name);
        if (element.dotDotDotToken) return f.createSpreadAssignment(target);
        const key = element.propertyName ?? element.name;
        const visited = ts.isComputedPropertyName(key) ? this.#visit(key) : key;
        const plain = ts.isIdentifier(visited) ? f.createIdentifier(visited.text) : visited;
        return f.createPropertyAssignment(plain, withDefault(element, target));
      }),
    );
  }

  #import(node) {
    const { importClause: clause, moduleSpecifier } = node;
    const load = f.createAwaitExpression(this.#ask("load", moduleSpecifier));
    if (!clause) return at(statement(load), node);
    const wanted = clause.isTypeOnly ? [] : importedNames(clause, this.#names);
    // A module of which only types are wanted is not loaded. Nor does the compiler of the library.
    const nothing = wanted.length === 0 && !isEmptyImport(clause);
    if (nothing) return f.createNotEmittedStatement(node);
    const properties = wanted.map(([local, name]) =>
      f.createPropertyAssignment(local, f.createStringLiteral(name)),
    );
    const names = f.createObjectLiteralExpression(properties);
    return at(statement(this.#ask("imported", load, names)), node);
  }
}

/** The class that its own methods mean is the one they are part of. */
function isInsideItself(node, name) {
  return !!ts.findAncestor(
    node.parent,
    (parent) => isNamedOnce(parent) && ts.isSourceFile(parent.parent) && parent.name?.text === name,
  );
}

/** Pairs of the name in the cell and the name in the module, of values. */
function importedNames({ name, namedBindings }, names) {
  const elements =
    namedBindings && ts.isNamedImports(namedBindings)
      ? namedBindings.elements.filter(({ isTypeOnly }) => !isTypeOnly)
      : [];
  return [
    ...(name ? [[name, "default"]] : []),
    ...(namedBindings && ts.isNamespaceImport(namedBindings) ? [[namedBindings.name, "*"]] : []),
    ...elements.map((one) => [one.name, (one.propertyName ?? one.name).text]),
  ]
    .filter(([local]) => names.isValue(local))
    .map(([local, imported]) => [local.text, imported]);
}

const isEmptyImport = ({ name, namedBindings }) =>
  !name && ts.isNamedImports(namedBindings) && namedBindings.elements.length === 0;

/** @param {any} node a list of declarations, a declaration or a name @returns {any[]} identifiers */
function boundNames(node) {
  if (ts.isIdentifier(node)) return [node];
  if (ts.isVariableDeclarationList(node)) return node.declarations.flatMap(boundNames);
  if (ts.isOmittedExpression(node)) return [];
  return ts.isBindingName(node) ? node.elements.flatMap(boundNames) : boundNames(node.name);
}

/** A function without a name is named by what it is first assigned to, but not if that is a property. */
function withName(name, value) {
  const inner = ts.skipOuterExpressions(value);
  const nameless =
    ts.isArrowFunction(inner) ||
    ((ts.isFunctionExpression(inner) || ts.isClassExpression(inner)) && !inner.name);
  if (!nameless || name === "__proto__") return value;
  const object = f.createObjectLiteralExpression([f.createPropertyAssignment(name, value)]);
  return f.createPropertyAccessExpression(f.createParenthesizedExpression(object), name);
}

const statement = (expression) => f.createExpressionStatement(expression);
const sequence = (expressions) => expressions.reduce((a, b) => f.createComma(a, b));
/** Error positions lead from the start of the made node to that of the written one. */
const at = (made, written) =>
  ts.setEmitFlags(ts.setTextRange(made, written), ts.EmitFlags.NoTrailingSourceMap);

module.exports = { scriptOf };
