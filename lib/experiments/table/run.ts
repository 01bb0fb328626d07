import { regime } from "../../pool/parseRegime";
import { expectedErrors } from "../../theory/index";
import type { Row } from "../experiment";
import { presetRows, runPreset } from "../runPreset";
import type { Session } from "../session";
import { dimensionOf } from "./config";
import type { TablePreset } from "./preset";
import { tableTask } from "./task";

/**
 * Rows of kind "metrics", one per model (iteration 1 = real data), with what theory expects given the real
 * rows, where it is known exactly: `expectedDrift` = Σ_{k≥2} c_k², and `expected`, the test error of the real
 * data's model plus σ̂² times the mean leverage of the test rows times that sum.
 */
export async function runTable(preset: TablePreset, session: Session): Promise<Row[]> {
  const generations = await runPreset(session, "Linear regression", tableTask, preset, 1);
  const [first] = generations;
  const { data } = preset.task;
  const size = { d: dimensionOf(preset.task), T: data.trainItems };
  const drifts = new Map(
    preset.variants[0].chains.flatMap(({ regimes, iterations }) =>
      regimes.map((spec) => [spec.kind, expectedDrifts(spec, size, iterations)] as const),
    ),
  );
  return presetRows(session, "Test errors", generations, ({ place, metrics }) => {
    const drift = drifts.get(place.regime)?.[place.iteration - 1];
    // What a refit on new labels of the same rows would be away from the truth, in the same unit.
    const oneFit = { oneFit: 1 };
    if (drift === undefined) return { metrics: oneFit };
    const { noise, leverage } = metrics as Record<"noise" | "leverage", number>;
    const expected = Number(first.metrics.testError) + noise * leverage * drift;
    return { metrics: { ...oneFit, expectedDrift: drift, expected } };
  });
}

/**
 * Expected drifts of models 1 … N given the real rows, in units of σ̂² d: the test error of a regression whose
 * real labels have no noise and whose synthetic ones have variance 1, without the mean over Gaussian X. Exact
 * for any X that is the same in every round; undefined where theory has only a leading order.
 */
export function expectedDrifts(
  spec: { readonly kind: string },
  { d, T }: { readonly d: number; readonly T: number },
  iterations: number,
): number[] | undefined {
  const condition = { d, T, sigma2: 0, sigmaLater2: 1 };
  const found = expectedErrors(regime(spec), condition, iterations);
  return found?.exact ? Array.from(found.errors, (e) => (e * (T - d - 1)) / d) : undefined;
}
