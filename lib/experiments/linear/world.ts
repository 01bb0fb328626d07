import { type Design, predict } from "../../models/linear/leastSquares";
import type { Batch, Schema } from "../../pool/schema";
import { chainStreams } from "../../random/chainStreams";
import type { Stream } from "../../random/stream";
import type { Streams } from "../../random/streams";
import type { LinearConfig } from "./config";

/** An item: input x ∈ R^d and label y. */
export function linearSchema({ data: { d } }: Pick<LinearConfig, "data">): Schema {
  return { x: { dtype: "float64", shape: [d] }, y: { dtype: "float64", shape: [] } };
}

/** w* ~ N(0, I_d); a property of the seed. Least squares does not depend on it. */
export function truth({ data: { d } }: Pick<LinearConfig, "data">, streams: Streams): Float64Array {
  return chainStreams(streams).get("truth").normals(new Float64Array(d));
}

/** `count` rows x ~ N(0, Σ), Σ diagonal. */
export function drawDesign(
  { data: { d, covariance } }: Pick<LinearConfig, "data">,
  count: number,
  stream: Stream,
): Design {
  const x = stream.normals(new Float64Array(count * d));
  if (covariance.length > 0) {
    const scale = covariance.map(Math.sqrt);
    for (let i = 0; i < x.length; i++) x[i] *= scale[i % d];
  }
  return { x, d };
}

/** The real X of this seed, T × d, which the paper re-uses in every round. */
export function realDesign(config: Pick<LinearConfig, "data">, streams: Streams): Design {
  return drawDesign(config, config.data.trainItems, chainStreams(streams).get("design"));
}

/** The first `count` rows of X repeated for ever. */
export function repeatRows({ x, d }: Design, count: number): Design {
  const out = new Float64Array(count * d);
  for (let at = 0; at < out.length; at += x.length)
    out.set(x.subarray(0, Math.min(x.length, out.length - at)), at);
  return { x: out, d };
}

/** Items y = X w + ε, ε ~ N(0, variance). */
export function label(
  design: Design,
  w: ArrayLike<number>,
  variance: number,
  noise: Stream,
): Batch {
  const y = predict(design, w);
  const sd = Math.sqrt(variance);
  for (let t = 0; t < y.length; t++) y[t] += sd * noise.normal();
  return { length: y.length, columns: { x: { data: design.x }, y: { data: y } } };
}
