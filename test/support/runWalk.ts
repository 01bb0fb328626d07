// Runs two chains of the walk task in the store given as first argument: a process to be killed. Prints
// a line when work has begun.
import { chain } from "../../lib/loop/chain";
import { childProcesses } from "../../lib/loop/childProcesses";
import { inProcess } from "../../lib/loop/inProcess";
import { runChains } from "../../lib/loop/runChains";
import { accumulate, replace } from "../../lib/pool/regimes";
import { RunStore } from "../../lib/store/runStore";
import { walkTask } from "./walkTask";

/** The chains that it runs. */
export const walkChains = () =>
  [accumulate, replace].map((regime) =>
    chain({
      task: walkTask,
      config: { steps: 60, pause: 1 },
      regime,
      seed: 0,
      iterations: 4,
    }),
  );

if (require.main === module) {
  const [folder, where] = process.argv.slice(2);
  let working = false;
  runChains(walkChains(), {
    store: RunStore.open(folder),
    executor: where === "children" ? childProcesses({ processes: 2 }) : inProcess(),
    checkpointSeconds: 0.02,
    onEvent: ({ type }) => {
      if (working || type !== "progress") return;
      working = true;
      console.log("working");
    },
  }).then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
