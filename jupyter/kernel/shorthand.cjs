// Repair: a variable of an earlier cell used as a shorthand property, `{ rows }`, compiles to a name
// that does not exist; tslab rewrites all other uses to `exports.rows`, and here this one too.
"use strict";

/** The declarations of earlier cells, as tslab shows them to the compiler. */
const EARLIER = /(^|\/)__prev__\.d\.ts$/;

/**
 * A transformer for the emit step that writes such properties out.
 * @param {any} ts @param {{ getProgram(): any }} builder
 */
function writeOutShorthands(ts, builder) {
  return (context) => {
    const checker = builder.getProgram().getTypeChecker();
    const isEarlier = (node) => {
      const original = ts.getParseTreeNode(node, ts.isShorthandPropertyAssignment);
      const symbol = original && checker.getShorthandAssignmentValueSymbol(original);
      return symbol?.declarations?.some((at) => EARLIER.test(at.getSourceFile().fileName));
    };
    const visit = (node) => {
      if (!ts.isShorthandPropertyAssignment(node) || !isEarlier(node)) {
        return ts.visitEachChild(node, visit, context);
      }
      const { factory } = context;
      const name = node.name.text;
      const value = factory.createPropertyAccessExpression(
        factory.createIdentifier("exports"),
        name,
      );
      return factory.createPropertyAssignment(factory.createIdentifier(name), value);
    };
    return (file) => ts.visitNode(file, visit);
  };
}

module.exports = { writeOutShorthands };
