// Runs two chains of the walk task in the store given as first argument: a process to be killed.
import { chain } from "../../lib/loop/chain";
import { childProcesses } from "../../lib/loop/childProcesses";
import { inProcess } from "../../lib/loop/inProcess";
import { runChains } from "../../lib/loop/runChains";
import { accumulate, replace } from "../../lib/pool/regimes";
import { RunStore } from "../../lib/store/runStore";
import { walkTask } from "./walkTask";

const [folder, where] = process.argv.slice(2);
const config = { steps: 60, pause: 1 };
const executor = where === "children" ? childProcesses({ processes: 2 }) : inProcess();
runChains(
  [accumulate, replace].map((regime) =>
    chain({ task: walkTask, config, regime, seed: 0, iterations: 4 }),
  ),
  { store: RunStore.open(folder), executor, checkpointSeconds: 0.02 },
).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
