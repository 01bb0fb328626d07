// Completion and inspection for tslab's handler, answered by the compiler's own language service.
"use strict";

class LanguageHelp {
  /** @param {import("./notebook.cjs").Notebook} notebook */
  constructor(notebook) {
    this.notebook = notebook;
  }

  /** Names that begin with what is written come first, then those that contain it. */
  complete(code, position) {
    const [written] = /[\p{ID_Continue}$]*$/u.exec(code.slice(0, position));
    const [after] = /^[\p{ID_Continue}$]*/u.exec(code.slice(position));
    const entries = this.notebook.completions(code, position)?.entries ?? [];
    const ranked = entries
      .map((entry) => ({ entry, rank: rankOf(entry.name, written) }))
      .filter(({ rank }) => rank !== undefined)
      .sort((a, b) => a.rank - b.rank || a.entry.sortText.localeCompare(b.entry.sortText));
    return {
      start: position - written.length,
      end: position + after.length,
      candidates: ranked.map(({ entry }) => entry.name),
    };
  }

  inspect(code, position) {
    return this.notebook.information(code, position);
  }

  close() {
    this.notebook.close();
  }
}

function rankOf(name, written) {
  if (name.startsWith(written)) return 0;
  const [lower, part] = [name.toLowerCase(), written.toLowerCase()];
  if (lower.startsWith(part)) return 1;
  return lower.includes(part) ? 2 : undefined;
}

module.exports = { LanguageHelp };
