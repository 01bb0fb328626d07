// A fifth of the time in which the compiler reads the types of Node and of packages goes into their doc
// comments, which only completion and inspection show. So they are left out, and read, file by file, when
// the language service asks for those of a symbol.
"use strict";
const { ts } = require("./compiler.cjs");
const { docOfSource } = require("./sourceDocs.cjs");

/** Of a registry of documents and of its host, which must agree. */
const jsDocParsingMode = ts.JSDocParsingMode.ParseNone;

/** @type {WeakSet<object>} */
const read = new WeakSet();

/** Gives the nodes of a file their doc comments. */
function readDocs(file) {
  if (read.has(file)) return;
  read.add(file);
  const options = {
    languageVersion: file.languageVersion,
    impliedNodeFormat: file.impliedNodeFormat,
  };
  copyDocs(ts.createSourceFile(file.fileName, file.text, options, true), file);
}

/** From one reading of a text to another, which has the same nodes in the same order. */
function copyDocs(from, to) {
  if (from.jsDoc) {
    to.jsDoc = from.jsDoc;
    for (const doc of from.jsDoc) doc.parent = to;
  }
  const children = childrenOf(to);
  childrenOf(from).forEach((child, i) => void copyDocs(child, children[i]));
}

function childrenOf(node) {
  const children = [];
  ts.forEachChild(node, (child) => void children.push(child));
  return children;
}

/** Must be called once, before the language service is asked for anything. */
function readDocsOnDemand() {
  const { objectAllocator } = ts;
  const symbols = objectAllocator.getSymbolConstructor().prototype;
  const signatures = objectAllocator.getSignatureConstructor().prototype;
  const declarationsOf = {
    ofSymbol: (symbol) => symbol.declarations ?? [],
    ofSignature: ({ declaration }) => (declaration ? [declaration] : []),
  };
  for (const name of ["getDocumentationComment", "getJsDocTags"]) {
    before(symbols, name, declarationsOf.ofSymbol);
    before(signatures, name, declarationsOf.ofSignature);
  }
  before(symbols, "getContextualDocumentationComment", declarationsOf.ofSymbol);
  before(symbols, "getContextualJsDocTags", declarationsOf.ofSymbol);
  for (const name of ["getDocumentationComment", "getContextualDocumentationComment"])
    orOfSource(symbols, name);
}

/** Declarations leave out the doc comments of an object's keys. */
function orOfSource(symbols, name) {
  const answer = symbols[name];
  symbols[name] = function (...given) {
    const found = answer.apply(this, given);
    if (found.length > 0 || !this.declarations?.[0]) return found;
    const text = docOfSource(this.declarations[0]);
    return text === undefined ? found : [{ kind: "text", text }];
  };
}

function before(prototype, name, declarationsOf) {
  const answer = prototype[name];
  prototype[name] = function (...given) {
    for (const declaration of declarationsOf(this)) readDocs(declaration.getSourceFile());
    return answer.apply(this, given);
  };
}

module.exports = { jsDocParsingMode, readDocsOnDemand };
