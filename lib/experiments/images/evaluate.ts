import { toBytes } from "../../engine/bytes";
import { engine } from "../../engine/load";
import type { Values } from "../../engine/parameters";
import { Parameters } from "../../engine/parameters";
import { normal } from "../../engine/random";
import type { EvaluationResult } from "../../loop/evaluation";
import type { Context } from "../../loop/task";
import { fromTorch } from "../../models/vae/layout";
import { type Vae, vae } from "../../models/vae/vae";
import type { Block } from "../../pool/block";
import { npyHeader } from "../../pool/npy";
import { Stream } from "../../random/stream";
import type { Weights } from "../../store/weights";
import { type ImagesConfig, SIDE, vaeShape } from "./config";
import { activeUnits, meanGradient, meanPairwiseDistance } from "./measures";
import { fromPixels } from "./pixels";

const CHUNK = 500;
/** Images of the sample and reconstruction grids, 12 × 12 as in Figs 6 and 15. */
const GRID = 144;
/** Prior samples that the diversity and sharpness are measured on. */
const SAMPLES = 500;

/** Not of this seed or generation: every model is asked the same questions. */
const FIXED = new Stream(["images", "evaluation"]);

/**
 * Test loss on all held-out real images, in nats per image, and what the model's prior samples look
 * like.
 *
 * - `loss` = `reconstruction` + `kl`, the negative ELBO; the expectation over z is one draw an
 *   image, with noise that is the same for every model;
 * - `mse`: squared error of a pixel in [0, 1] after the latent mean, the unit of Fig 5;
 * - `activeUnits`: latent dimensions whose posterior mean varies by more than 0.01 over the test set
 *   (Burda et al. 2016);
 * - `sampleDiversity`: mean Euclidean distance between two prior samples, pixels in [0, 1];
 *   `sampleSharpness`: mean step between neighbouring pixels; `sampleInk`: mean grey value.
 */
export async function evaluate(
  config: ImagesConfig,
  weights: Weights,
  test: Block,
  context: Context,
): Promise<EvaluationResult> {
  const { tf } = engine();
  const shape = vaeShape(config);
  const model = vae(shape);
  const parameters = new Parameters(fromTorch(shape, weights));
  const values = parameters.read();
  try {
    const sums = { reconstruction: 0, kl: 0, squares: 0 };
    const means = new Float32Array(test.length * config.latent);
    for (let from = 0, chunk = 0; from < test.length; from += CHUNK, chunk++) {
      const n = Math.min(CHUNK, test.length - from);
      tf.tidy(() => {
        const x = fromPixels(pixelsOf(test, from, n), n);
        const loss = model.loss(values, x, normal([n, config.latent], FIXED.at("noise", chunk)));
        const { mean } = model.encode(values, x);
        const error = tf.squaredDifference(model.decode(values, mean), x).sum();
        sums.reconstruction += loss.reconstruction * n;
        sums.kl += loss.kl * n;
        sums.squares += error.dataSync()[0];
        means.set(mean.dataSync<"float32">(), from * config.latent);
      });
      await context.progress(from + n, test.length);
    }
    const reconstruction = sums.reconstruction / test.length;
    const kl = sums.kl / test.length;
    const grids = artefacts(model, values, test);
    const drawn = prior(model, values, SAMPLES);
    return {
      metrics: {
        loss: reconstruction + kl,
        reconstruction,
        kl,
        mse: sums.squares / test.length / SIDE ** 2,
        activeUnits: activeUnits(means, config.latent),
        sampleDiversity: meanPairwiseDistance(drawn, SAMPLES),
        sampleSharpness: meanGradient(drawn, SAMPLES),
        sampleInk: drawn.reduce((a, b) => a + b, 0) / drawn.length / 255,
      },
      artefacts: grids,
    };
  } finally {
    tf.dispose(values);
    parameters.dispose();
  }
}

/** `samples.npy` from fixed z, `reconstructions.npy` of the first test images, and those images. */
function artefacts(model: Vae, values: Values, test: Block): Record<string, Uint8Array> {
  const { tf } = engine();
  const count = Math.min(GRID, test.length);
  const originals = pixelsOf(test, 0, count);
  const reconstructions = tf.tidy(() =>
    toBytes(model.decode(values, model.encode(values, fromPixels(originals, count)).mean)),
  );
  return {
    "samples.npy": npy(prior(model, values, GRID), GRID),
    "reconstructions.npy": npy(reconstructions, count),
    "originals.npy": npy(originals, count),
  };
}

function prior(model: Vae, values: Values, count: number): Uint8Array {
  return engine().tf.tidy(() =>
    toBytes(model.decode(values, normal([count, model.config.latent], FIXED.at("prior", count)))),
  );
}

function pixelsOf(block: Block, from: number, n: number): Uint8Array {
  return block.range(from, from + n).columns.pixels.data as Uint8Array;
}

function npy(pixels: Uint8Array, count: number): Uint8Array {
  return Buffer.concat([npyHeader("uint8", count, [SIDE, SIDE]), pixels]);
}
