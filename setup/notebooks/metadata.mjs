import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { inProject } from "../paths.mjs";

/** @param {string[]} path */
const json = (...path) => JSON.parse(readFileSync(inProject("jupyter", ...path), "utf8"));

/** What JupyterLab writes into a notebook of the project's kernel when it opens one. */
function kernelMetadata() {
  const { display_name, language } = json("kernels", "collapse-lab", "kernel.json");
  const kernelspec = { display_name, language, name: "collapse-lab" };
  return { kernelspec, language_info: json("kernel", "language-info.json") };
}

/** What JupyterLab leaves in a cell that it ran, and no rerun repeats. */
const LEFT_BY_LAB = ["execution", "trusted"];

/**
 * What would change when the notebook is opened in JupyterLab and saved, or run again.
 * @param {{ metadata?: object, cells: { id?: string, metadata?: object }[] }} notebook
 * @returns {string[]} phrases that go on the notebook's name
 */
export function metadataFaults({ metadata, cells }) {
  const faults = [];
  const needed = kernelMetadata();
  if (!isDeepStrictEqual(metadata, needed)) {
    const [has, needs] = [metadata, needed].map((value) => JSON.stringify(value));
    faults.push(` has the metadata ${has}, JupyterLab would write ${needs}`);
  }
  const ids = cells.map(({ id }) => id);
  cells.forEach(({ id, metadata = {} }, index) => {
    const where = `, cell ${index + 1}`;
    if (!id) faults.push(`${where} has no id: JupyterLab would invent one`);
    else if (ids.indexOf(id) < index) faults.push(`${where} has the id "${id}" of another cell`);
    for (const key of LEFT_BY_LAB)
      if (key in metadata) faults.push(`${where} has "${key}" in its metadata: remove it`);
  });
  return faults;
}
