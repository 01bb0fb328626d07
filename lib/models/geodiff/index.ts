import { add } from "../../engine/elementwise";
import { forgetful, type Node, Tape } from "../../engine/graph";
import { engine, type Tensor } from "../../engine/load";
import type { Values } from "../../engine/parameters";
import { tidy } from "../../engine/tidy";
import { bound, type NoisyPart } from "./bound";
import { checkCoordinates } from "./checks";
import type { GeoDiffConfig } from "./config";
import { pairForcesToAtoms } from "./forces";
import type { GraphBatch } from "./graph";
import { initialise } from "./initialise";
import type { GeoDiff } from "./model";
import { network, type Scene } from "./network";
import { geoDiffParameters, parameterCount } from "./parameters";
import { type LocalPart, localParts, placed, placedLocally } from "./scenes";

/** Pairs × width that pass through the network together, which bounds memory whatever the batch. */
const NUMBERS = 2 ** 20;

/** GeoDiff (Xu et al. 2022) of the given shape. */
export function geoDiff(config: GeoDiffConfig): GeoDiff {
  const starts = geoDiffParameters(config);
  const names = Object.keys(starts);
  const room = Math.max(1, Math.floor(NUMBERS / config.width));
  /** Of batches that are asked about again and again, as sampling does. */
  const known = new WeakMap<GraphBatch, readonly LocalPart[]>();

  const infer = (values: Values, scene: Scene): Float32Array => {
    let result: Float32Array = new Float32Array(0);
    // Returned, the array would be searched for tensors.
    tidy(() => {
      result = numbers(network(config, forgetful, (name) => ({ value: values[name] }), scene));
    });
    return result;
  };

  const partGradients = (values: Values, { scene, note }: NoisyPart): Record<string, Tensor> =>
    tidy(() => {
      const { tf } = engine();
      const tape = new Tape();
      const leaves: Record<string, Node> = {};
      for (const name of names) leaves[name] = tape.leaf(values[name]);
      const output = network(config, tape, (name) => leaves[name], scene);
      const gradient = note(numbers(output));
      if (output) tape.backward(output, tf.tensor2d(gradient, [gradient.length, 1]));
      const gradients: Record<string, Tensor> = {};
      for (const name of names)
        gradients[name] = tape.gradient(leaves[name]) ?? tf.zeros([...starts[name].shape]);
      return gradients;
    });

  const localPartsOf = (batch: GraphBatch): readonly LocalPart[] => {
    const parts = known.get(batch) ?? localParts(batch, room);
    known.set(batch, parts);
    return parts;
  };

  return {
    config,
    shapes: Object.fromEntries(names.map((name) => [name, starts[name].shape])),
    parameterCount: parameterCount(config),
    initial: (stream) => initialise(starts, stream),
    lossAndGradients(values, batch, noisy, atoms) {
      const { tf } = engine();
      let gradients: Record<string, Tensor> | undefined;
      const note = (part: NoisyPart) => {
        const found = partGradients(values, part);
        if (!gradients) gradients = found;
        else
          for (const name of names) {
            const before = gradients[name];
            gradients[name] = add(before, found[name]);
            tf.dispose([before, found[name]]);
          }
      };
      const loss = bound(batch, noisy, config.cutoff, room, note, atoms);
      return { loss, gradients: gradients! };
    },
    loss(values, batch, noisy) {
      return bound(batch, noisy, config.cutoff, room, ({ scene, note }) => {
        note(infer(values, scene));
      });
    },
    forces(values, batch, positions, parts = "both") {
      checkCoordinates(batch, positions, "positions");
      const points = Float64Array.from(positions);
      const local = new Float32Array(3 * batch.atoms);
      const global = parts === "both" ? new Float32Array(3 * batch.atoms) : undefined;
      const placedParts = global
        ? placed(batch, points, config.cutoff, room)
        : placedLocally(batch, localPartsOf(batch), points);
      for (const { scene, from, batch: part } of placedParts) {
        const { found } = scene;
        const numbers = infer(values, scene);
        const place = (to: Float32Array, begin: number, end: number) =>
          to.set(pairForcesToAtoms(found, numbers.subarray(begin, end), begin, part.atoms), from);
        place(local, found.global, found.all);
        if (global) place(global, 0, found.global);
      }
      return { local, global };
    },
  };
}

const numbers = (output: Node | undefined): Float32Array =>
  output ? output.value.dataSync<"float32">() : new Float32Array(0);
