import type { Draft, EntryName, RunStore } from "../store/runStore";
import { codeOf } from "./code";
import type { Hooks } from "./hooks";
import type { Stage } from "./stages";
import type { Task } from "./task";

/**
 * Makes a stage, unless it is finished or another process finishes it meanwhile.
 * @param inputs finished entries that it is made from
 * @param work fills the draft's folder and returns the entry's result
 */
export async function makeStage<C>(
  stage: Stage,
  {
    task,
    store,
    hooks,
  }: { readonly task: Task<C>; readonly store: RunStore; readonly hooks: Hooks },
  inputs: readonly EntryName[],
  work: (draft: Draft) => Promise<Readonly<Record<string, unknown>>>,
): Promise<void> {
  const { kind, address, identity } = stage;
  if (store.has(kind, address)) return;
  const draft = await store.begin(kind, identity, hooks.signal, {
    onWait: (sentence) => hooks.notice(sentence),
    code: codeOf(task),
  });
  if (!draft) return;
  try {
    draft.commit(await work(draft), inputs);
  } finally {
    draft.release();
  }
}
