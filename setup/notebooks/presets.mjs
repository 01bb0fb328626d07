/** @typedef {{ data?: Record<string, string | string[]> }} Output */
/** @typedef {{ cell_type: string, source: string[] | string, outputs?: Output[] }} Cell */

/** @param {string | string[] | undefined} text */
const joined = (text) => [text ?? ""].flat().join("");

/**
 * A notebook with presets calls `presetBanner(name, "laptop")` with the preset that its committed outputs
 * come from, and with none where it has none.
 * @param {{ cells: Cell[] }} notebook
 * @returns {string[]} phrases that go on the notebook's name
 */
export function presetFaults({ cells }) {
  const index = cells.findIndex(
    ({ cell_type, source }) =>
      cell_type === "code" && /\bparams\(\{\s*preset\b/.test(joined(source)),
  );
  if (index < 0) return [];
  const { source, outputs = [] } = cells[index];
  const [call, said] = /\bpresetBanner\(\w+(?:, "(\w+)")?\)/.exec(joined(source)) ?? [];
  if (!call) return [`, cell ${index + 1} reads a preset and does not call presetBanner`];
  // The second line of the table that presetBanner shows last.
  const text = joined(outputs.at(-1)?.data?.["text/plain"]);
  const shown = /^preset .*\n(\w+)/m.exec(text)?.[1];
  if (said === shown) return [];
  return [
    shown
      ? `, cell ${index + 1} has outputs of the preset ${shown}: write presetBanner(name, "${shown}"), and say so in the text above`
      : `, cell ${index + 1} names a preset of outputs that it does not have: write presetBanner(name)`,
  ];
}
