const LONGEST_LINE = 110;
const LIBRARY = "./lib/index";

/** What a cell may not do, each with the sentence for its reader. @type {[RegExp, string][]} */
const FORBIDDEN = [
  [
    /\bfigures\w*(\([^;]*?\))?\s*\[\s*\d/,
    "takes a figure by its position: use figureNamed(figures, name)",
  ],
  [
    /\[[^\]=]*\]\s*=\s*[^;=]*\bfigures\w*\(/,
    "takes figures by their positions: use figureNamed(figures, name)",
  ],
];

/**
 * Faults of a cell beyond formatting and lint.
 * @param {string} code @returns {string[]} phrases that go on "cell 3 …"
 */
export function faultsOf(code) {
  const faults = FORBIDDEN.filter(([pattern]) => pattern.test(code)).map(([, text]) => text);
  for (const [, module] of code.matchAll(/\b(?:from|import|require)\s*\(?\s*"([^"]+)"/g))
    if (module !== LIBRARY) faults.push(`imports "${module}": import from "${LIBRARY}" alone`);
  code.split("\n").forEach((line, i) => {
    if ([...line].length > LONGEST_LINE)
      faults.push(
        `has a line of ${[...line].length} characters (line ${i + 1}): break it before ${LONGEST_LINE}`,
      );
  });
  return faults;
}
