import { createRequire } from "node:module";

/** @typedef {import("typescript-cells").Node} Node */
/** @typedef {{ cell_type: string, source: string[] | string, metadata?: { tags?: string[] } }} Cell */

const require = createRequire(import.meta.url);

/**
 * A cell that sets the notebook up: one before the first section, or one with the tag "setup". What these
 * declare, every section may use.
 * @param {Cell} cell @param {number} section
 */
const isSetup = (cell, section) =>
  section === 0 || (cell.metadata?.tags?.includes("setup") ?? false);

/**
 * A reader runs the set-up and then any section: it may use no name that another section declares.
 * @param {{ cells: Cell[] }} notebook
 * @returns {string[]} phrases that go on the notebook's name
 */
export function sectionFaults({ cells }) {
  const known = declarations(cells);
  const faults = [];
  for (const { index, section, names, uses } of known) {
    const before = known.filter(
      (other) => other.index < index && (other.section === section || other.setup),
    );
    const available = new Set(before.flatMap((other) => [...other.names]));
    for (const name of uses) {
      if (names.has(name) || available.has(name)) continue;
      const owner = known.find((other) => other.names.has(name));
      if (owner)
        faults.push(
          `, cell ${index + 1} uses "${name}", which only cell ${owner.index + 1} declares: declare it above in this section, or in the set-up`,
        );
    }
  }
  return faults;
}

/** What every code cell declares at its top, and which names it uses. @param {Cell[]} cells */
function declarations(cells) {
  let section = 0;
  return cells.flatMap((cell, index) => {
    const text = [cell.source].flat().join("");
    if (cell.cell_type === "markdown" && /^## /m.test(text)) section += 1;
    if (cell.cell_type !== "code") return [];
    return [{ index, section, setup: isSetup(cell, section), ...namesOf(text) }];
  });
}

/**
 * Names that a cell declares at its top, and those it uses without declaring them anywhere.
 * @param {string} code
 */
export function namesOf(code) {
  // Loaded only where notebooks are checked: the compiler is large.
  const ts = /** @type {typeof import("typescript-cells")} */ (require("typescript-cells"));
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ESNext, true);
  /** @type {Set<string>} */ const names = new Set();
  /** @type {Set<string>} */ const inside = new Set();
  /** @type {Set<string>} */ const used = new Set();

  /** @param {Node} node */
  const visit = (node) => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const isName = "name" in parent && parent.name === node;
      const declares =
        (isName && declaring.some((is) => is(parent))) ||
        (ts.isImportSpecifier(parent) && parent.name === node);
      const isKey =
        (isName && !ts.isShorthandPropertyAssignment(parent) && !declares) ||
        (ts.isBindingElement(parent) && parent.propertyName === node) ||
        (ts.isImportSpecifier(parent) && parent.propertyName === node) ||
        (ts.isQualifiedName(parent) && parent.right === node);
      if (declares) (isAtTop(parent) ? names : inside).add(node.text);
      else if (!isKey) used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  const declaring = [
    ...[ts.isVariableDeclaration, ts.isBindingElement, ts.isParameter, ts.isFunctionDeclaration],
    ...[ts.isClassDeclaration, ts.isInterfaceDeclaration, ts.isTypeAliasDeclaration],
    ...[
      ts.isEnumDeclaration,
      ts.isImportClause,
      ts.isNamespaceImport,
      ts.isTypeParameterDeclaration,
    ],
    ...[ts.isFunctionExpression, ts.isClassExpression],
  ];
  /** Whether no function, block or loop is around it. @param {Node} node @returns {boolean} */
  const isAtTop = (node) => {
    if (ts.isParameter(node) || ts.isFunctionExpression(node) || ts.isClassExpression(node))
      return false;
    for (let around = node.parent; around; around = around.parent)
      if (ts.isFunctionLike(around) || ts.isBlock(around) || ts.isForStatement(around))
        return false;
      else if (ts.isForOfStatement(around) || ts.isForInStatement(around)) return false;
    return true;
  };
  visit(file);
  const uses = [...used].filter((name) => !inside.has(name) && !names.has(name));
  return { names, uses };
}
