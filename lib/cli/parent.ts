/** Variable with the process that started this one and waits for it (setup/hand-over.mjs sets it). */
const PARENT = "COLLAPSE_LAB_PARENT";
const EVERY_MS = 1000;

/**
 * Calls `stop` when the process that started this command is gone: one that was killed cannot pass a
 * signal on, and work that nobody waits for would go on unseen. Without such a process, as when the
 * command was started by hand, nothing is watched.
 */
export function watchParent(
  stop: () => void,
  env: Readonly<Record<string, string | undefined>> = process.env,
): void {
  const parent = Number(env[PARENT]);
  if (!parent || process.ppid !== parent) return;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, EVERY_MS);
  watch.unref();
}
