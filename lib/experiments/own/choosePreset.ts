import { chain } from "../../loop/chain";
import { replace } from "../../pool/regimes";
import { timeText } from "../forecast/timeText";
import type { Preset } from "../preset";
import type { Session } from "../session";
import type { Sized } from "./kind";
import type { AnyKind } from "./kinds";

/** Share of the time that estimates may fill: they are rough, and figures take some too. */
const FILLED = 0.8;
/** Items of the fits by which a network's speed is measured, at least. */
const MEASURED = 64;
/** As many at once as there will be later, so that they are as fast. */
const MEASURED_SEEDS = 2;

export interface Chosen {
  readonly preset: Preset<object>;
  /** One sentence if none fits the time. */
  readonly warning?: string;
}

/**
 * The preset with the most items that fits a number of minutes on this machine. Each network that comes
 * into question is measured first: a small model of it is trained.
 * @param session whose chains read the user's data
 * @param settle completes a preset before it is run
 */
export async function choosePreset(
  kind: AnyKind,
  networks: readonly (readonly Sized<Preset<object>>[])[],
  minutes: number,
  session: Session,
  settle: (preset: Preset<object>) => Promise<Preset<object>>,
): Promise<Chosen> {
  const hours = ({ preset }: Sized<Preset<object>>) =>
    kind.family.forecast(preset, session.store).hours;
  const most = (FILLED * minutes) / 60;
  let chosen: Sized<Preset<object>> | undefined;
  for (const sizes of networks) {
    await measure(kind, await settle(toMeasure(sizes)), session);
    const fitting = lastOf(sizes, (sized) => hours(sized) <= most);
    if (fitting === undefined || fitting.items < (chosen?.items ?? 0)) break;
    chosen = fitting;
    if (fitting !== sizes.at(-1)) break;
  }
  if (chosen) return { preset: await settle(chosen.preset) };
  const [smallest] = networks[0];
  const preset = await settle(smallest.preset);
  const takes = hours(smallest);
  // Between the share that is filled and the whole it still fits.
  if (takes <= minutes / 60) return { preset };
  const [needed, asked] = [takes, minutes / 60].map(timeText);
  const longer = needed === asked ? "a little longer" : "longer";
  const warning = `The smallest run takes about ${needed}, ${longer} than the ${asked} asked for; fewer --iterations or --seeds make it shorter.`;
  return { preset, warning };
}

function toMeasure(sizes: readonly Sized<Preset<object>>[]): Preset<object> {
  return (sizes.find(({ items }) => items >= MEASURED) ?? sizes[sizes.length - 1]).preset;
}

/** Trains, measures and samples small models of a network, from which estimates are made. */
async function measure({ task }: AnyKind, preset: Preset<object>, session: Session): Promise<void> {
  const chains = Array.from({ length: MEASURED_SEEDS }, (_, seed) =>
    chain({ task, config: preset.task, regime: replace, seed, iterations: 1 }),
  );
  await session.chains("Measuring this machine", chains);
}

/** The last member that has a property which, once lost, does not come back. */
function lastOf<T>(members: readonly T[], has: (member: T) => boolean): T | undefined {
  let [from, to] = [-1, members.length];
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (has(members[middle])) from = middle;
    else to = middle;
  }
  return members[from];
}
