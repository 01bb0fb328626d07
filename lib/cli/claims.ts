import type { Claim } from "../claims/claim";
import { claimJson, claimLines, requireClaims } from "../claims/print";
import { UserError } from "../errors";
import { PRESETS, type PresetName } from "../experiments/experiment";
import { hasRecords, loadRecords } from "../experiments/records";
import { chooseExperiments, presetNamed, presetOf } from "../experiments/registry";
import type { Command } from "./command";

/** `npm run claims`: the paper's statements, measured on the records at hand. */
export const claims: Command = {
  name: "claims",
  summary:
    "Prints, per statement of the paper, our estimate, its 95 % interval, the published value and " +
    "the verdict; ends with a non-zero code if one fails.",
  options: {
    preset: { type: "string", help: "whose records (default: laptop if it has any, else quick)" },
    only: { type: "string", help: "families, separated by commas" },
    json: { type: "boolean", help: "one JSON object per line", default: false },
  },
  async run({ values }) {
    const families = chooseExperiments(values.only as string | undefined);
    const preset = values.preset ? presetNamed(values.preset as string) : undefined;
    const all: Claim[] = [];
    for (const family of families) {
      const name = preset ?? newest(family.name);
      if (!values.json) console.log(`\n${family.title} (preset ${name})`);
      const found = family.claims(loadRecords(name, family.name), presetOf(family, name));
      for (const line of values.json ? found.map(claimJson) : claimLines(found)) console.log(line);
      all.push(...found);
    }
    requireClaims(all);
  },
};

/** The largest preset that has records. */
function newest(family: string): PresetName {
  const found = [...PRESETS].reverse().find((preset) => hasRecords(preset, family));
  if (found) return found;
  throw new UserError(
    `There are no records of ${family} yet. Make them with: npm run reproduce -- --only ${family}`,
  );
}
