const EVERY_MS = 1000;

/**
 * Calls `stop` when the npm that started this command is gone: one that was killed cannot pass a signal
 * on. A command started without npm, in a shell's background for instance, may outlive its parent.
 * @param {() => void} stop @returns {() => void} ends the watch
 */
export function followNpm(stop) {
  if (process.env.npm_lifecycle_event === undefined) return () => {};
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, EVERY_MS);
  watch.unref();
  return () => clearInterval(watch);
}
