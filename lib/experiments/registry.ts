import { suggestion, UserError } from "../errors";
import { parsed } from "../loop/config";
import { atlas } from "./atlas/index";
import { type Experiment, PRESETS, type PresetName } from "./experiment";
import { images } from "./images/index";
import { language } from "./language/index";
import { linear } from "./linear/index";
import { molecules } from "./molecules/index";

/** Every family, in the order of the report. */
export const EXPERIMENTS: readonly Experiment[] = [
  linear,
  images,
  language,
  molecules,
  atlas,
] as readonly Experiment[];

/** Families by name: `--only linear,images`; all of them when nothing is chosen. */
export function chooseExperiments(only: string | undefined): readonly Experiment[] {
  if (only === undefined) return EXPERIMENTS;
  const names = EXPERIMENTS.map((experiment) => experiment.name);
  return only.split(",").map((name) => {
    const found = EXPERIMENTS.find((experiment) => experiment.name === name.trim());
    if (!found)
      throw new UserError(`There is no family "${name.trim()}".${suggestion(name.trim(), names)}`);
    return found;
  });
}

/** A preset's name from the command line. */
export function presetNamed(name: string): PresetName {
  const found = PRESETS.find((preset) => preset === name);
  if (!found) throw new UserError(`There is no preset "${name}".${suggestion(name, PRESETS)}`);
  return found;
}

/** Why a family lacks a preset, as the end of a sentence. */
export function whyMissing({ missing }: Experiment, name: PresetName): string {
  return missing?.[name] ?? "it is not defined yet";
}

/**
 * A family's preset, validated.
 * @throws UserError if the family does not have it, or it is wrong
 * @example presetOf(images, "quick")
 */
export function presetOf<P>(experiment: Experiment<P>, name: PresetName): P {
  const preset = experiment.presets[name];
  if (preset === undefined)
    throw new UserError(
      `The family "${experiment.name}" has no preset "${name}": ${whyMissing(experiment as Experiment, name)}. It has: ${Object.keys(experiment.presets).join(", ")}.`,
    );
  return parsed(experiment.schema, preset, `The preset "${name}" of ${experiment.name}`);
}
