// Completion and inspection, answered by the compiler's own language service.
"use strict";
const { fromRoot } = require("./project.cjs");

const { printQuickInfo } = fromRoot("tslab/dist/inspect.js");

class LanguageHelp {
  /** @param {import("./notebook.cjs").Notebook} notebook */
  constructor(notebook) {
    this.notebook = notebook;
  }

  /**
   * The content of the reply to a request.
   * @param {string} type of the request @param {{ code: string, cursor_pos: number }} content
   */
  async answer(type, { code, cursor_pos }) {
    await this.notebook.prepare(code);
    return type === "complete_request"
      ? this.#complete(code, cursor_pos)
      : this.#inspect(code, cursor_pos);
  }

  /** Names that begin with what is written come first, then those that contain it. */
  #complete(code, position) {
    const [written] = /[\p{ID_Continue}$]*$/u.exec(code.slice(0, position));
    const [after] = /^[\p{ID_Continue}$]*/u.exec(code.slice(position));
    const entries = this.notebook.completions(code, position)?.entries ?? [];
    const ranked = entries
      .map((entry) => ({ entry, rank: rankOf(entry.name, written) }))
      .filter(({ rank }) => rank !== undefined)
      .sort((a, b) => a.rank - b.rank || a.entry.sortText.localeCompare(b.entry.sortText));
    return {
      status: "ok",
      matches: ranked.map(({ entry }) => entry.name),
      cursor_start: position - written.length,
      cursor_end: position + after.length,
      metadata: {},
    };
  }

  #inspect(code, position) {
    const found = this.notebook.information(code, position);
    const data = found ? { "text/plain": printQuickInfo(found) } : {};
    return { status: "ok", found: found !== undefined, data, metadata: {} };
  }
}

function rankOf(name, written) {
  if (name.startsWith(written)) return 0;
  const [lower, part] = [name.toLowerCase(), written.toLowerCase()];
  if (lower.startsWith(part)) return 1;
  return lower.includes(part) ? 2 : undefined;
}

module.exports = { LanguageHelp };
