import { duration, significant } from "../metrics/format";
import { ending, percentOf, shareOf } from "./ending";
import { TimeLeft } from "./estimate";
import type { ProgressSink } from "./sink";

/** The parts of an output stream that are used; `process.stdout` has them. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

interface Task {
  left: TimeLeft;
  done: number;
  total: number;
  values: Readonly<Record<string, number>>;
  step: string | undefined;
  /** When its last plain line was printed. */
  printed: number;
}

const LIVE = 100;
const PLAIN = 10_000;

/**
 * Progress for the command line: if `out` is a terminal, a live bar with the remaining time for each
 * running task; otherwise plain lines, at most one every ten seconds per task.
 * @param clock milliseconds
 */
export function terminalProgress(
  out: Terminal = process.stdout,
  clock: () => number = () => performance.now(),
): ProgressSink {
  const tasks = new Map<string, Task>();
  const live = out.isTTY === true;
  let drawn = 0;
  let lastDrawn = Number.NEGATIVE_INFINITY;

  const erase = () => {
    if (drawn > 0) out.write(`\x1b[${drawn}A\x1b[J`);
    drawn = 0;
  };
  const draw = () => {
    erase();
    const width = (out.columns ?? 80) - 1;
    for (const [name, task] of tasks) out.write(`${barLine(name, task, width, clock())}\n`);
    drawn = tasks.size;
    lastDrawn = clock();
  };
  const say = (text: string) => {
    if (live) erase();
    out.write(`${text}\n`);
    if (live) draw();
  };
  return {
    update(name, done, total, values = {}, step) {
      const now = clock();
      let task = tasks.get(name);
      if (!task) {
        // A plain line at the very start would only say 0 %.
        task = { left: new TimeLeft(), done, total, values, step, printed: now };
        tasks.set(name, task);
      }
      if (step !== task.step) task.left = new TimeLeft();
      Object.assign(task, { done, total, values, step });
      task.left.add(done, now);
      if (live) {
        if (now - lastDrawn >= LIVE) draw();
      } else if (now - task.printed >= PLAIN) {
        task.printed = now;
        out.write(`${name}: ${state(task, now).join(" · ")}\n`);
      }
    },
    finish(name, summary) {
      tasks.delete(name);
      say(`${name}: ${summary}`);
    },
    line: say,
    close() {
      if (live) erase();
      for (const [name, task] of tasks) out.write(`${name}: ${ending(task)}\n`);
      tasks.clear();
    },
  };
}

/** "Images [#####.....]  50 % · loss 1.23 · 3 min left", cut to the terminal's width. */
function barLine(name: string, task: Task, width: number, now: number): string {
  const text = state(task, now).join(" · ");
  const cells = Math.min(30, Math.max(0, width - name.length - text.length - 4));
  const full = Math.round(cells * shareOf(task));
  const bar = cells >= 5 ? ` [${"#".repeat(full)}${".".repeat(cells - full)}] ` : " ";
  return `${name}${bar}${text}`.slice(0, width);
}

function state(task: Task, now: number): string[] {
  const left = task.left.seconds(task.total, now);
  return [
    ...(task.step === undefined ? [] : [task.step]),
    percentOf(task).padStart(5),
    ...Object.entries(task.values).map(([key, value]) => `${key} ${significant(value)}`),
    ...(left === undefined || left === 0 ? [] : [`${duration(left)} left`]),
  ];
}
