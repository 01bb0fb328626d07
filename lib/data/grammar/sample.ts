import type { Stream } from "../../random/stream";
import type { Grammar } from "./grammar";
import type { State } from "./machine";
import { startOf, stepOf } from "./machine";

/** Samples one text of the grammar. */
export function sampleText(grammar: Grammar, stream: Stream): string {
  let text = "";
  for (let state: State = startOf(grammar); ; ) {
    const step = stepOf(grammar, state);
    switch (step.kind) {
      case "end":
        return text;
      case "text":
        text += step.text;
        state = step.next;
        break;
      case "rule":
        state = step.next(draw(step.options, stream));
        break;
      case "slot": {
        const value = step.fresh ? draw(step.values, stream) : step.values[0];
        text += step.text(value);
        state = step.next([value]);
        break;
      }
    }
  }
}

function draw<O extends { readonly probability: number }>(
  options: readonly O[],
  stream: Stream,
): O {
  if (options.length === 1) return options[0];
  let left = stream.uniform();
  for (const option of options) {
    left -= option.probability;
    if (left < 0) return option;
  }
  return options[options.length - 1];
}
