import { suggestion, UserError } from "../errors";
import type { Task } from "./task";

/** Names that mean other stages of a generation. */
const TAKEN = ["fit", "sample"];

/**
 * Names of a task's evaluations, each after those that it needs; otherwise in the order written.
 * @throws UserError for a name that is taken, a need that does not exist, or a circle
 */
export function orderOf<C>({ name: task, evaluations }: Task<C>): string[] {
  const order: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    if (order.includes(name)) return;
    if (path.includes(name))
      throw new UserError(
        `Evaluations of task "${task}" need each other in a circle: ${[...path, name].join(" → ")}.`,
      );
    const { needs = [], of = "model", reads = [] } = evaluations[name];
    for (const need of needs) {
      if (!Object.hasOwn(evaluations, need))
        throw new UserError(
          `Evaluation "${name}" of task "${task}" needs "${need}", which the task does not have.` +
            suggestion(need, Object.keys(evaluations)),
        );
      if (of === "data" && evaluations[need].of !== "data")
        throw new UserError(
          `Evaluation "${name}" of task "${task}" measures the real data, so it cannot need "${need}", which measures a model.`,
        );
      visit(need, [...path, name]);
    }
    if (of === "data" && reads.length > 0)
      throw new UserError(
        `Evaluation "${name}" of task "${task}" measures the real data, so it cannot read the ${reads[0]} of a model.`,
      );
    order.push(name);
  };
  for (const name of Object.keys(evaluations)) {
    if (TAKEN.includes(name))
      throw new UserError(
        `Task "${task}" cannot call an evaluation "${name}": choose another name.`,
      );
    visit(name, []);
  }
  return order;
}
