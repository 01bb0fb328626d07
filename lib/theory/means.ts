import { UserError } from "../errors";
import type { Part, Plan, Regime } from "../pool/regime";
import { requireWhole } from "./ranges";

/**
 * Expected squared errors of an estimated mean, E (θ_n − θ)² for n = 1 … N, in units of one fit to the
 * T real items (σ²/T), from a regime's plans alone. Exact for every distribution with a finite
 * variance that is known to the model: replace, growing rounds, pools, weights, disjoint ranges of the
 * real data, draws from the real data and subsamples of the pool.
 *
 * Blocks are followed by the covariance of their means. A part of m items drawn from M without
 * replacement has the mean of the M but for an independent error of variance S²/m (1 − m/M), where S²
 * is the variance of the M items with divisor M − 1.
 * @param realItems items of block 1
 * @param fitItems T, the items of one fit; all of block 1 unless given
 * @throws UserError for curated blocks and those of other chains, about which it knows nothing
 * @example meanErrors(regimes.accumulate, 10, 50)[49] // → Σ 1/k² = 1.625
 */
export function meanErrors(
  regime: Pick<Regime, "plan" | "name">,
  realItems: number,
  iterations: number,
  fitItems = realItems,
): Float64Array {
  requireWhole("realItems", "the items of block 1", realItems);
  requireWhole("iterations", "the number of model fits", iterations);
  const means = new Means(realItems);
  const errors = new Float64Array(iterations);
  for (let n = 1; n <= iterations; n++) {
    const plan = regime.plan(n, realItems);
    if (plan.curate)
      throw new UserError(`The regime ${regime.name} curates: its mean has no such form.`);
    errors[n - 1] = means.fit(plan) * fitItems;
    means.sample(n, plan.produce);
  }
  return errors;
}

/** What is known of a block, or of a range of the real one: items with σ² = 1 about their mean. */
interface Source {
  readonly items: number;
  /** Variance of the model mean that the items were drawn about; 0 for real items. */
  readonly centre: number;
}

class Means {
  /** By name: "1", "1:10-20", "4". */
  readonly #sources = new Map<string, Source>();
  /** Covariances of block means: #covariance.get(a)!.get(b). */
  readonly #covariance = new Map<string, Map<string, number>>();
  /** The last model: its covariance with every source, and its variance. */
  #model = { with: new Map<string, number>(), variance: 0 };

  constructor(readonly realItems: number) {}

  /** Trains the next model. @returns the variance of its mean */
  fit({ parts, subsample }: Plan): number {
    const names = parts.map((part) => this.#source(part));
    const counts = parts.map(({ draw }, i) => draw ?? this.#sources.get(names[i])!.items);
    const masses = parts.map(({ weight = 1 }, i) => weight * counts[i]);
    const total = masses.reduce((a, b) => a + b, 0);
    const shares = masses.map((mass) => mass / total);
    const drawn = parts.reduce((sum, { draw }, i) => {
      const { items } = this.#sources.get(names[i])!;
      if (draw === undefined || draw === items) return sum;
      // Items of one block have the variance 1 about their centre, which E S² is.
      return sum + shares[i] ** 2 * (1 / draw - 1 / items);
    }, 0);
    const covariance = new Map<string, number>();
    for (const other of this.#sources.keys())
      covariance.set(
        other,
        shares.reduce((s, w, i) => s + w * this.#between(names[i], other), 0),
      );
    const pooled = shares.reduce((s, w, i) => s + w * covariance.get(names[i])!, 0);
    const items = counts.reduce((a, b) => a + b, 0);
    const taken =
      subsample === undefined || subsample === items
        ? 0
        : (1 / subsample - 1 / items) * this.#poolSpread(names, counts, pooled);
    this.#model = { with: covariance, variance: pooled + drawn + taken };
    return this.#model.variance;
  }

  /** Adds block n + 1. */
  sample(n: number, items: number): void {
    if (items === 0) return;
    const name = String(n + 1);
    const { with: covariance, variance } = this.#model;
    const own = new Map([...covariance, [name, variance + 1 / items] as const]);
    for (const [other, value] of covariance) this.#covariance.get(other)!.set(name, value);
    this.#covariance.set(name, own);
    this.#sources.set(name, { items, centre: variance });
  }

  #between(a: string, b: string): number {
    return this.#covariance.get(a)?.get(b) ?? 0;
  }

  /** E S² of all items of whole parts. */
  #poolSpread(names: readonly string[], counts: readonly number[], pooled: number): number {
    const items = counts.reduce((a, b) => a + b, 0);
    const squares = names.reduce(
      (sum, name, i) => sum + counts[i] * (1 + this.#sources.get(name)!.centre),
      0,
    );
    return (squares - items * pooled) / (items - 1);
  }

  /** The name of a part's items; ranges of the real data become sources of their own. */
  #source({ block, chain, range }: Part): string {
    if (chain !== undefined)
      throw new UserError("Means of several chains have no such form: take blocks of one chain.");
    const whole = block === 1 ? this.realItems : (this.#sources.get(String(block))?.items ?? 0);
    const [from, to] = range ?? [0, whole];
    const name = from === 0 && to === whole ? String(block) : `${block}:${from}-${to}`;
    if (this.#sources.has(name)) return name;
    if (block !== 1)
      throw new UserError(
        `Block ${block} is empty, or only a part of it is taken: means of that have no such form.`,
      );
    if (this.#overlaps(from, to))
      throw new UserError(
        "Ranges of the real data that overlap have no such form: take disjoint ones.",
      );
    this.#sources.set(name, { items: to - from, centre: 0 });
    this.#covariance.set(name, new Map([[name, 1 / (to - from)]]));
    return name;
  }

  #overlaps(from: number, to: number): boolean {
    return [...this.#sources.keys()].some((name) => {
      const [block, ends] = name.split(":");
      if (block !== "1") return false;
      const [a, b] = ends ? ends.split("-").map(Number) : [0, this.realItems];
      return from < b && a < to;
    });
  }
}
