import type { Service } from "../../engine/team/service";
import type { Context } from "../../loop/task";
import type { GeoDiffConfig } from "../../models/geodiff/config";
import type { Graph3D } from "../../models/geodiff/graph";
import { geoDiff } from "../../models/geodiff/index";
import { Stream } from "../../random/stream";
import type { Weights } from "../../store/weights";
import { inRanges, type Range } from "../inRanges";
import type { MoleculesConfig } from "./config";
import { type Drawing, type Drawn, drawConformers, type Wanted } from "./draw";

/**
 * Conformers that pass through the network together. It does not depend on the threads, because the
 * last bits of a force depend on it.
 */
const TOGETHER = 64;

/** The conformers that are wanted of a model. */
export interface Order extends Drawing {
  readonly model: GeoDiffConfig;
  readonly wanted: readonly {
    readonly graph: Graph3D;
    readonly path: Stream["path"];
    readonly name: string;
  }[];
}

/** Draws conformers of an order; see {@link drawConformers}. */
export const drawer: Service<Order, Range, Drawn[]> = {
  module: __filename,
  name: "drawer",
  open({ model: shape, schedule, sampling, wanted }) {
    const model = geoDiff(shape);
    return async (values, { from, count }) =>
      drawConformers(
        model,
        values,
        { schedule, sampling },
        wanted
          .slice(from, from + count)
          .map(({ graph, path, name }) => ({ graph, name, stream: new Stream(path) })),
      );
  },
};

/**
 * One conformer for each wanted one, in order, in chunks, by as many threads as the context allows:
 * the same bits whatever their number.
 * @param weights the network's parameters; what lies beside them is left out
 * @throws UserError if a conformer diverges too often; Cancelled when the context says so
 */
export function drawAll(
  { model, schedule, sampling }: MoleculesConfig,
  weights: Weights,
  wanted: readonly Wanted[],
  context: Context,
): AsyncGenerator<Drawn[]> {
  const order: Order = {
    ...{ model, schedule, sampling },
    wanted: wanted.map(({ graph, stream, name }) => ({ graph, name, path: stream.path })),
  };
  const ranges = Array.from({ length: Math.ceil(wanted.length / TOGETHER) }, (_, k) => ({
    from: TOGETHER * k,
    count: Math.min(TOGETHER, wanted.length - TOGETHER * k),
  }));
  return inRanges(drawer, order, ownParameters(model, weights), ranges, context);
}

/** The network's parameters of a model's weights, without the molecules that lie beside them. */
export function ownParameters(shape: GeoDiffConfig, weights: Weights): Weights {
  const { shapes } = geoDiff(shape);
  return Object.fromEntries(Object.entries(weights).filter(([name]) => name in shapes));
}
