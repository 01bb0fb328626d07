import { AsyncResource } from "node:async_hooks";
import { duration, significant } from "../metrics/format";
import { type Extent, ending, shareOf } from "../progress/ending";
import { TimeLeft } from "../progress/estimate";
import type { ProgressSink } from "../progress/sink";
import { terminalProgress } from "../progress/terminal";
import {
  type Bundle,
  display,
  displayInPlace,
  escapeHtml,
  interruptSignal,
  kernel,
} from "./kernel";

const INTERVAL = 100;

interface Task {
  left: TimeLeft;
  show(bundle: Bundle): void;
  drawn: number;
  done: number;
  total: number;
  step: string | undefined;
  /** Its output says already how far it came. */
  stopped: boolean;
}

/**
 * Progress for a notebook: one output per task, updated in place, that ends as a plain sentence without
 * times, so that running a notebook again changes nothing in it. The stop button ends all bars at once:
 * code that is broken off never comes to its end. In plain Node, progress for a terminal.
 * @param clock milliseconds
 */
export function notebookProgress(clock: () => number = () => performance.now()): ProgressSink {
  if (!kernel()) return terminalProgress();
  const tasks = new Map<string, Task>();

  const signal = interruptSignal();

  const end = (name: string, text: string) => {
    const bundle = sentence(text);
    const task = tasks.get(name);
    if (task) task.show(bundle);
    else display(bundle);
    tasks.delete(name);
  };
  const stop = () => {
    for (const [name, task] of tasks) {
      if (!task.stopped) task.show(sentence(`${name}: ${endingWithCounts(task)}`));
      task.stopped = true;
    }
  };
  // Whoever presses the button is not the cell, and output belongs to who asks.
  const stopInCell = AsyncResource.bind(stop);
  signal.addEventListener("abort", stopInCell, { once: true });

  return {
    update(name, done, total, values = {}, step) {
      if (signal.aborted) return;
      const now = clock();
      let task = tasks.get(name);
      if (!task) {
        const show = displayInPlace(bar(name, shareOf({ done, total }), []));
        task = { left: new TimeLeft(), show, drawn: now, done, total, step, stopped: false };
        tasks.set(name, task);
      }
      if (step !== task.step) task.left = new TimeLeft();
      Object.assign(task, { done, total, step });
      task.left.add(done, now);
      if (now - task.drawn < INTERVAL) return;
      task.drawn = now;
      const left = task.left.seconds(total, now);
      task.show(
        bar(name, shareOf(task), [
          ...(step === undefined ? [] : [step]),
          ...Object.entries(values).map(([key, value]) => `${key} ${significant(value)}`),
          ...(left ? [`${duration(left)} left`] : []),
        ]),
      );
    },
    finish: (name, summary) => end(name, `${name}: ${summary}`),
    line: (text) => display({ "text/plain": text }),
    close() {
      signal.removeEventListener("abort", stopInCell);
      stop();
      tasks.clear();
    },
  };
}

/** With "(5 of 20)" after it where work is counted in whole steps. */
function endingWithCounts(task: Extent): string {
  const { done, total, step } = task;
  const counted = step === undefined && Number.isInteger(done) && Number.isInteger(total);
  return counted && shareOf(task) < 1 ? `${ending(task)} (${done} of ${total})` : ending(task);
}

function sentence(text: string): Bundle {
  return { "text/html": escapeHtml(text), "text/plain": text };
}

function bar(name: string, share: number, notes: readonly string[]): Bundle {
  const text = [`${Math.floor(100 * share)} %`, ...notes].join(" · ");
  return {
    "text/html":
      `<div style="display:flex;gap:0.8em;align-items:center"><span>${escapeHtml(name)}</span>` +
      `<progress value="${share.toFixed(4)}" max="1" style="width:16em"></progress>` +
      `<span style="font-variant-numeric:tabular-nums">${escapeHtml(text)}</span></div>`,
    "text/plain": `${name}: ${text}`,
  };
}
