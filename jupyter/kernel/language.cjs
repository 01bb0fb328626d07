// Completion and inspection, answered by the compiler's own language service.
"use strict";
const { codePointsBefore, unitsBefore } = require("./codePoints.cjs");
const { fromRoot } = require("./project.cjs");
const { signatureText } = require("./signatures.cjs");

const { printQuickInfo } = fromRoot("tslab/dist/inspect.js");

/** Front ends draw a sign for each kind; names of kinds as IPython's. */
const KINDS = new Map([
  ...["function", "local function", "method"].map((kind) => [kind, "function"]),
  ...["class", "local class", "interface", "type", "enum"].map((kind) => [kind, "class"]),
  ...["property", "getter", "setter", "enum member"].map((kind) => [kind, "property"]),
  ...["module", "external module name", "script", "directory"].map((kind) => [kind, "module"]),
  ["keyword", "keyword"],
]);

class LanguageHelp {
  /** @param {import("./notebook.cjs").Notebook} notebook */
  constructor(notebook) {
    this.notebook = notebook;
  }

  /**
   * The content of the reply to a request.
   * @param {string} type of the request
   * @param {{ code: string, cursor_pos: number, detail_level?: number }} content
   */
  async answer(type, { code, cursor_pos, detail_level = 0 }) {
    const position = unitsBefore(code, cursor_pos);
    await this.notebook.prepare(code);
    return type === "complete_request"
      ? this.#complete(code, position)
      : this.#inspect(code, position, detail_level);
  }

  /** Names that begin with what is written come first, then those that contain it. */
  #complete(code, position) {
    const [written] = /[\p{ID_Continue}$]*$/u.exec(code.slice(0, position));
    const [after] = /^[\p{ID_Continue}$]*/u.exec(code.slice(position));
    const start = codePointsBefore(code, position - written.length);
    const end = codePointsBefore(code, position + after.length);
    const ranked = this.notebook
      .completions(code, position)
      .map((entry) => ({ entry, rank: rankOf(entry.name, written) }))
      .filter(({ rank }) => rank !== undefined)
      .sort((a, b) => a.rank - b.rank || a.entry.sortText.localeCompare(b.entry.sortText));
    const types = ranked.map(({ entry: { name, kind, signature, documentation } }) => ({
      text: name,
      type: KINDS.get(kind) ?? "instance",
      start,
      end,
      ...(signature === undefined ? {} : { signature }),
      ...(documentation ? { documentation } : {}),
    }));
    return {
      status: "ok",
      matches: ranked.map(({ entry }) => entry.name),
      cursor_start: start,
      cursor_end: end,
      metadata: { _jupyter_types_experimental: types },
    };
  }

  #inspect(code, position, detail) {
    const found = this.notebook.information(code, position);
    const name = found && printQuickInfo(found);
    const call =
      name === undefined || detail > 0 ? this.notebook.signature(code, position) : undefined;
    const texts = [call && signatureText(call), name].filter((text) => text !== undefined);
    const data = texts.length > 0 ? { "text/plain": texts.join("\n\n") } : {};
    return { status: "ok", found: texts.length > 0, data, metadata: {} };
  }
}

function rankOf(name, written) {
  if (name.startsWith(written)) return 0;
  const [lower, part] = [name.toLowerCase(), written.toLowerCase()];
  if (lower.startsWith(part)) return 1;
  return lower.includes(part) ? 2 : undefined;
}

module.exports = { LanguageHelp };
