import { duration, significant } from "../metrics/format";
import { TimeLeft } from "../progress/estimate";
import type { ProgressSink } from "../progress/sink";
import { terminalProgress } from "../progress/terminal";
import { type Bundle, display, displayInPlace, escapeHtml, kernel } from "./kernel";

const INTERVAL = 100;

interface Task {
  readonly left: TimeLeft;
  show(bundle: Bundle): void;
  drawn: number;
  share: number;
}

/**
 * Progress for a notebook: one output per task, updated in place, that ends as a plain sentence without
 * times, so that running a notebook again changes nothing in it. In plain Node, progress for a terminal.
 * @param clock milliseconds
 */
export function notebookProgress(clock: () => number = () => performance.now()): ProgressSink {
  if (!kernel()) return terminalProgress();
  const tasks = new Map<string, Task>();

  const end = (name: string, text: string) => {
    const bundle = { "text/html": escapeHtml(text), "text/plain": text };
    const task = tasks.get(name);
    if (task) task.show(bundle);
    else display(bundle);
    tasks.delete(name);
  };
  return {
    update(name, done, total, values = {}) {
      const now = clock();
      const share = total > 0 ? Math.min(1, done / total) : 1;
      let task = tasks.get(name);
      if (!task) {
        const show = displayInPlace(bar(name, share, []));
        task = { left: new TimeLeft(), show, drawn: now, share };
        tasks.set(name, task);
      }
      task.share = share;
      task.left.add(done, now);
      if (now - task.drawn < INTERVAL) return;
      task.drawn = now;
      const left = task.left.seconds(total, now);
      task.show(
        bar(name, share, [
          ...Object.entries(values).map(([key, value]) => `${key} ${significant(value)}`),
          ...(left ? [`${duration(left)} left`] : []),
        ]),
      );
    },
    finish: (name, summary) => end(name, `${name}: ${summary}`),
    line: (text) => display({ "text/plain": text }),
    close() {
      for (const [name, { share }] of [...tasks])
        end(name, `${name}: ${share === 1 ? "done" : `stopped at ${Math.floor(100 * share)} %`}`);
    },
  };
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
