import type { Experiment } from "../../lib/experiments/experiment";
import { openSession } from "../../lib/experiments/openSession";
import { inProcess } from "../../lib/loop/inProcess";
import type { ProgressSink } from "../../lib/progress/sink";
import { RunStore } from "../../lib/store/runStore";
import { temporaryFolder } from "../support/temporary";

export interface SessionStubs {
  /** @defaultValue an empty one */
  readonly store?: RunStore;
  /** @defaultValue one that is never aborted */
  readonly signal?: AbortSignal;
  readonly checkpointSeconds?: number;
  readonly update?: ProgressSink["update"];
}

/** A session whose work runs in this process, and what its progress said. */
export function testSession({ store, signal, checkpointSeconds, update }: SessionStubs = {}) {
  const finished: string[] = [];
  const opened = store ?? RunStore.open(temporaryFolder());
  const session = openSession({
    store: opened,
    signal: signal ?? new AbortController().signal,
    executor: inProcess(),
    ...(checkpointSeconds === undefined ? {} : { checkpointSeconds }),
    sink: {
      update: update ?? (() => {}),
      finish: (task, summary) => void finished.push(`${task}: ${summary}`),
      line: () => {},
      close: () => {},
    },
  });
  return { session, store: opened, finished };
}

/** Runs an experiment in this process; its rows, and what its progress said. */
export async function runExperiment<P>(
  experiment: Pick<Experiment<P>, "run">,
  preset: P,
  stubs: SessionStubs,
) {
  const { session, finished } = testSession(stubs);
  return { rows: await experiment.run(preset, session), finished };
}

/** The place of one model in a run. */
export interface Point {
  readonly variant: string;
  readonly regime: string;
  readonly seed: number;
  readonly iteration: number;
}

interface Variants {
  readonly name: string;
  readonly chains: readonly {
    readonly regimes: readonly { readonly kind: string }[];
    readonly iterations: number;
    readonly seeds: number;
  }[];
}

/** The places of a run's models, in the order of its rows. @param first iteration of the first */
export function pointsOf(variants: readonly Variants[], first: 0 | 1): Point[] {
  return variants.flatMap(({ name, chains }) =>
    chains.flatMap(({ regimes, iterations, seeds }) =>
      regimes.flatMap(({ kind }) =>
        range(seeds).flatMap((seed) =>
          range(iterations).map((k) => ({
            ...{ variant: name, regime: kind, seed },
            iteration: first + k,
          })),
        ),
      ),
    ),
  );
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, k) => k);
}
