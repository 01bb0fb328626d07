import { normal, uniform } from "../../engine/random";
import { tidy } from "../../engine/tidy";
import type { Stream } from "../../random/stream";
import type { Weights } from "../../store/weights";
import { type Initial, LIMITED_TABLE } from "./parameters";
import { shortened } from "./shortened";

/** Fresh parameters. */
export function initialise(starts: Readonly<Record<string, Initial>>, stream: Stream): Weights {
  return Object.fromEntries(
    Object.entries(starts).map(([name, start]) => {
      const drawn = draw(start, stream.at(name));
      const data = name === LIMITED_TABLE ? shortened(drawn, start.shape[1]) : drawn;
      return [name, { shape: start.shape, data }];
    }),
  );
}

function draw(start: Initial, stream: Stream): Float32Array {
  const { shape, kind } = start;
  if (kind === "zero") return new Float32Array(shape.reduce((a, b) => a * b, 1));
  return tidy(() => {
    const drawn =
      kind === "normal"
        ? normal(shape, stream)
        : uniform(shape, stream)
            .sub(0.5)
            .mul(2 * start.bound);
    return drawn.dataSync<"float32">();
  });
}
