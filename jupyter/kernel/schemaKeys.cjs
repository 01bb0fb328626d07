// `schema.parse({ … })` takes anything, as far as types say, and so the compiler knows nothing about what to
// write there. But the schema's own type tells, and with it the keys are known, at any depth.
"use strict";
const { ts } = require("./compiler.cjs");

const PARSERS = new Set(["parse", "safeParse", "parseAsync", "safeParseAsync"]);

/** @typedef {{ name: string, signature: string, documentation: string }} Key */

/**
 * The keys that an object literal around a place may have.
 * @param {any} program @param {any} source @param {number} position
 * @returns {{ free: Key[], own: Key | undefined } | undefined} those that it has not yet, and the one that
 *   is written at this place
 */
function schemaKeysAt(program, source, position) {
  const { literal, own } = placeAt(source, position) ?? {};
  const { schema, path } = (literal && schemaAround(literal)) ?? {};
  if (!schema) return undefined;
  const checker = program.getTypeChecker();
  let types = inputOf(checker, checker.getTypeAtLocation(schema), schema);
  for (const { name, beside } of path)
    types = narrowed(checker, types, beside, schema).flatMap((type) =>
      typesOf(checker, type, name, schema),
    );
  const found = new Map();
  for (const type of narrowed(checker, types, literal, schema))
    for (const key of checker.getPropertiesOfType(type))
      if (!found.has(key.name)) found.set(key.name, key);
  if (found.size === 0) return undefined;
  const written = new Set(literal.properties.filter((one) => one.name !== own).map(nameOf));
  const free = [...found.values()].filter(({ name }) => !written.has(name));
  const key = own && found.get(own.text);
  const about = (one) => aboutKey(checker, one, schema);
  return { free: free.map(about), own: key && about(key) };
}

/** @returns {Key} */
function aboutKey(checker, key, at) {
  return {
    name: key.name,
    signature: checker.typeToString(checker.getTypeOfSymbolAtLocation(key, at), at),
    documentation: ts.displayPartsToString(key.getDocumentationComment(checker)),
  };
}

/** The object literal in which a place is one for a key, and the key that is written there. */
function placeAt(source, position) {
  let literal;
  // What is not finished yet reaches to what is written next.
  const reaches = (node) => /^\s*$/.test(source.text.slice(node.end, position));
  const visit = (node) => {
    if (position <= node.getStart(source) || (position > node.end && !reaches(node))) return;
    if (ts.isObjectLiteralExpression(node)) {
      const isClosed = node.getChildren(source).at(-1).kind === ts.SyntaxKind.CloseBraceToken;
      if (!isClosed || position < node.end) literal = node;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (!literal) return undefined;
  const at = literal.properties.findLast((one) => one.getStart(source) <= position);
  if (!at) return { literal };
  if (at.name && position <= at.name.end) return { literal, own: at.name };
  // Behind a property comes another one only after a comma.
  return source.text.slice(at.end, position).includes(",") ? { literal } : undefined;
}

/** The schema whose parser takes a literal, and the way from there to it. */
function schemaAround(literal) {
  const path = [];
  let node = literal;
  for (;;) {
    const { parent } = node;
    if (ts.isPropertyAssignment(parent)) {
      path.unshift({ name: nameOf(parent), beside: parent.parent });
      node = parent.parent;
    } else if (ts.isArrayLiteralExpression(parent)) {
      path.unshift({ name: undefined, beside: undefined });
      node = parent;
    } else if (ts.isCallExpression(parent) && parent.arguments[0] === node) {
      const { expression } = parent;
      const isParser =
        ts.isPropertyAccessExpression(expression) && PARSERS.has(expression.name.text);
      return isParser ? { schema: expression.expression, path } : undefined;
    } else return undefined;
  }
}

/** What a schema takes; what it gives, if it does not say. */
function inputOf(checker, schema, at) {
  for (const name of ["_input", "_output"]) {
    const types = typesOf(checker, schema, name, at);
    if (types.some((type) => checker.getPropertiesOfType(type).length > 0)) return types;
  }
  return [];
}

/** Types of a property, or of a list's elements, one for each member of a union. */
function typesOf(checker, type, name, at) {
  const [property, element] =
    name === undefined
      ? [undefined, checker.getIndexTypeOfType(type, ts.IndexKind.Number)]
      : [checker.getPropertyOfType(type, name), undefined];
  const found = property ? checker.getTypeOfSymbolAtLocation(property, at) : element;
  if (!found) return [];
  const present = checker.getNonNullableType(found);
  return present.isUnion() ? present.types : [present];
}

/** Members of a union that agree with the literals already written, such as `family: "vae"`. */
function narrowed(checker, types, literal, at) {
  if (!literal) return types;
  const agrees = (type) =>
    literal.properties.every((property) => {
      if (!ts.isPropertyAssignment(property) || !ts.isStringLiteral(property.initializer))
        return true;
      const wanted = typesOf(checker, type, nameOf(property), at).filter((one) =>
        one.isStringLiteral(),
      );
      return wanted.length === 0 || wanted.some((one) => one.value === property.initializer.text);
    });
  const left = types.filter(agrees);
  return left.length > 0 ? left : types;
}

const nameOf = ({ name }) => (name && "text" in name ? name.text : "");

module.exports = { schemaKeysAt };
