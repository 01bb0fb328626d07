// Runs a toy chain of N iterations in the store given as first argument: one of several processes.
import { gaussianTask } from "../../lib/experiments/toy/gaussian";
import { chain } from "../../lib/loop/chain";
import { inProcess } from "../../lib/loop/inProcess";
import { runChains } from "../../lib/loop/runChains";
import { accumulate } from "../../lib/pool/regimes";
import { RunStore } from "../../lib/store/runStore";

/** The chain that every one of them runs. */
export const toyChain = (iterations: number) =>
  chain({
    task: gaussianTask,
    config: { data: { trainItems: 5 } },
    regime: accumulate,
    seed: 0,
    iterations,
  });

if (require.main === module) {
  const [folder, iterations] = process.argv.slice(2);
  runChains([toyChain(Number(iterations))], {
    store: RunStore.open(folder),
    executor: inProcess(),
  }).then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
