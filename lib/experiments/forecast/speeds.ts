import { countOf } from "../../format";
import { addressOf } from "../../store/address";
import type { Manifest } from "../../store/manifest";
import type { RunStore } from "../../store/runStore";
import { type Costs, fitOperations, type Reference, sampleOperations } from "./costs";

type Stage = "fit" | "sample" | "evaluation";

interface Sum {
  count: number;
  seconds: number;
  operations: number;
}

/** Share of the measured time that can be fixed at most. */
const MOST_FIXED = 0.9;

/** Writing a stage into the run store, in seconds. */
const COMMIT = 0.02;

/**
 * How long stages take: measured on those in the run store of the same network, trained in batches of
 * the same size; else from a reference.
 */
export class Speeds {
  readonly #sums = new Map<string, Record<Stage, Sum>>();
  readonly #costsOf: (config: unknown) => Costs;
  readonly #referenceOf: (config: unknown) => Reference;
  #fits = 0;
  /** Networks asked about, and what counts for those that were not measured. */
  readonly #asked = new Map<string, Reference>();

  constructor(
    store: RunStore,
    task: string,
    costsOf: (config: unknown) => Costs,
    referenceOf: (config: unknown) => Reference,
  ) {
    this.#costsOf = costsOf;
    this.#referenceOf = referenceOf;
    this.#read(store, task);
  }

  fit(config: unknown, items: number, n: number): number {
    const costs = this.#costsOf(config);
    const overhead = costs.steps(items, n) * this.#referenceOf(config).secondsPerStep;
    return this.#seconds("fit", config, fitOperations(costs, items, n), overhead);
  }

  sample(config: unknown, items: number): number {
    return this.#seconds("sample", config, sampleOperations(this.#costsOf(config), items), 0);
  }

  evaluate(config: unknown): number {
    return this.#seconds("evaluation", config, this.#costsOf(config).evaluationOperations, 0);
  }

  /** Where the answers came from, in words. */
  get basis(): string {
    const others = [...this.#asked].filter(([key]) => !this.#sums.has(key));
    const bases = [...new Set(others.map(([, { basis }]) => basis))].join("; ");
    const known = `measured on ${countOf(this.#fits, "stored fit")}`;
    if (others.length === this.#asked.size) return `nothing like it is stored yet: ${bases}`;
    return others.length === 0 ? known : `${known}; the rest: ${bases}`;
  }

  #seconds(stage: Stage, config: unknown, operations: number, overhead: number): number {
    const key = networkOf(config);
    const reference = this.#referenceOf(config);
    this.#asked.set(key, reference);
    const always = this.#costsOf(config).fixedSeconds?.[stage] ?? 0;
    const sum = this.#sums.get(key)?.[stage];
    if (sum && sum.seconds > 0 && sum.operations > 0) {
      const fixed = Math.min(always, (MOST_FIXED * sum.seconds) / sum.count);
      return fixed + (operations / sum.operations) * (sum.seconds - sum.count * fixed);
    }
    return operations / reference.operationsPerSecond + overhead + COMMIT + always;
  }

  #read(store: RunStore, task: string): void {
    const fits = new Map<string, object>();
    for (const { address, identity, result, seconds } of entriesOf(store, "fit", task)) {
      const { config, n } = identity as { config: object; n: number };
      fits.set(address, config);
      const trainedOn = Object.values(result.trainedOn as Record<string, number>);
      const items = trainedOn.reduce((a, b) => a + b, 0);
      this.#add("fit", config, seconds, fitOperations(this.#costsOf(config), items, n));
    }
    this.#fits = fits.size;
    const whole = ({ fit, config }: Readonly<Record<string, unknown>>) => {
      const found = fits.get(String(fit));
      return found && { ...found, ...(config as object) };
    };
    for (const { identity, seconds } of entriesOf(store, "block", task)) {
      const config = whole(identity);
      if (!config) continue;
      const operations = sampleOperations(this.#costsOf(config), Number(identity.produce));
      this.#add("sample", config, seconds, operations);
    }
    // The evaluations of a model have one number of operations together.
    const models = new Map<string, { config: object; seconds: number }>();
    for (const { identity, seconds } of entriesOf(store, "evaluation", task)) {
      const config = whole(identity);
      if (!config) continue;
      const before = models.get(String(identity.fit));
      models.set(String(identity.fit), {
        config: { ...before?.config, ...config },
        seconds: (before?.seconds ?? 0) + seconds,
      });
    }
    for (const { config, seconds } of models.values())
      this.#add("evaluation", config, seconds, this.#costsOf(config).evaluationOperations);
  }

  #add(stage: Stage, config: unknown, seconds: number, operations: number): void {
    const key = networkOf(config);
    const none = (): Sum => ({ count: 0, seconds: 0, operations: 0 });
    const sums = this.#sums.get(key) ?? { fit: none(), sample: none(), evaluation: none() };
    this.#sums.set(key, sums);
    sums[stage].count++;
    sums[stage].seconds += seconds;
    sums[stage].operations += operations;
  }
}

/** What has to agree for a time to carry over: the network and the size of a batch. */
function networkOf(config: unknown): string {
  const { model, training } = config as { model?: unknown; training?: { batchSize?: unknown } };
  return addressOf({ model, batchSize: training?.batchSize ?? null });
}

/** Processor time, so that neither other work on the machine nor free cores count. */
function secondsOf({ cpuSeconds, wallSeconds }: Manifest["provenance"]): number {
  return cpuSeconds ?? wallSeconds;
}

function* entriesOf(store: RunStore, kind: "fit" | "block" | "evaluation", task: string) {
  for (const address of store.list(kind)) {
    const { identity, result, provenance } = store.read(kind, address);
    if (identity.task === task) yield { address, identity, result, seconds: secondsOf(provenance) };
  }
}
