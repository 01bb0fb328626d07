// Our side of bench/vae.ts: the images task's own fit on a pool on disk, a round of steps at a time.
// Speaks the protocol of bench/peers/vae.py.
import { loadCoreOnly } from "../lib/engine/coreOnly";
import { engine } from "../lib/engine/load";
import { imagesConfig } from "../lib/experiments/images/config";
import { fit } from "../lib/experiments/images/fit";
import { imageModel } from "../lib/experiments/images/model";
import { standaloneContext } from "../lib/loop/standaloneContext";
import { DiskBlock } from "../lib/pool/diskBlock";
import { poolOf } from "../lib/pool/pool";
import { viewOf } from "../lib/pool/viewOf";
import { Stream } from "../lib/random/stream";
import { Streams } from "../lib/random/streams";
import { questions } from "./questions";

interface Given {
  /** Of one of TensorFlow's operations. */
  readonly threads: number;
  readonly block: string;
  readonly training: object;
}

async function main(): Promise<void> {
  const next = questions();
  const { threads, block, ...given } = (await next()) as Given;
  engine({ threads });
  const config = imagesConfig.parse({
    ...given,
    training: { ...given.training, epochs: 1000 },
  });
  const real = DiskBlock.open(block);
  const pool = poolOf(new Map([[1, real]]));
  const view = viewOf({ parts: [{ block: 1 }], produce: 0 }, pool, new Stream(["view"]));
  const parameters = imageModel(config).vae.parameterCount;

  let left = (await next()) as number;
  let steps = left;
  let losses = 0;
  let begin = performance.now();
  let cpu = process.cpuUsage();
  await fit(
    config,
    view,
    standaloneContext(Streams.ofSeed(0), {
      threads: config.training.microBatches ?? 1,
      async progress(_done, _total, values) {
        losses += values?.loss ?? Number.NaN;
        if (--left > 0) return;
        const seconds = (performance.now() - begin) / 1000;
        const { user, system } = process.cpuUsage(cpu);
        const answer = {
          seconds,
          cpuSeconds: (user + system) / 1e6,
          loss: losses / steps,
          parameters,
          peak: process.resourceUsage().maxRSS * 1024,
        };
        console.log(JSON.stringify(answer));
        left = steps = (await next()) as number;
        losses = 0;
        begin = performance.now();
        cpu = process.cpuUsage();
      },
    }),
  );
}

loadCoreOnly();
void main();
