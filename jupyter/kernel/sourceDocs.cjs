// A schema such as `z.object({ /** … */ epochs: z.int() })` has declarations without the comments of its
// keys. They are found in the source: where the key has one comment there, or one inside of what has the
// name that the key is declared in.
"use strict";
const fs = require("node:fs");
const { ts } = require("./compiler.cjs");
const { isOfLibrary } = require("./sources.cjs");

/** @typedef {{ key: string, inside: string | undefined, text: string }} Comment */

/** By file of declarations, which is another object when it has changed. @type {WeakMap<object, Comment[]>} */
const known = new WeakMap();

/** @param {any} declaration of a property @returns {string | undefined} */
function docOfSource(declaration) {
  const file = declaration.getSourceFile();
  if (!ts.isPropertySignature(declaration) || !isOfLibrary(file.fileName)) return undefined;
  const comments = known.get(file) ?? commentsOf(file.fileName.replace(/\.d\.([cm]?ts)$/, ".$1"));
  known.set(file, comments);
  const own = comments.filter(({ key }) => key === declaration.name.getText());
  const inside = nameAround(declaration);
  const nearer = own.filter((comment) => comment.inside === inside);
  const texts = new Set((nearer.length > 0 ? nearer : own).map(({ text }) => text));
  return texts.size === 1 ? [...texts][0] : undefined;
}

/** @param {string} source its path @returns {Comment[]} of keys in object literals */
function commentsOf(source) {
  const text = fs.existsSync(source) ? fs.readFileSync(source, "utf8") : "";
  const found = [];
  const visit = (node) => {
    const isKey = ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);
    const doc = isKey && ts.getTextOfJSDocComment(node.jsDoc?.at(-1)?.comment);
    if (doc) found.push({ key: node.name.getText(), inside: nameAround(node), text: doc });
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(source, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** The property or variable that a node is written inside of. */
function nameAround(node) {
  const isNamed = (one) =>
    ts.isPropertyAssignment(one) || ts.isPropertySignature(one) || ts.isVariableDeclaration(one);
  return ts.findAncestor(node.parent, isNamed)?.name.getText();
}

module.exports = { docOfSource };
