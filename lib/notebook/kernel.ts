/** What the kernel offers a notebook (jupyter/kernel/output.cjs publishes it). */
export interface Kernel {
  /** Publishes a Jupyter message: "display_data", "update_display_data", … */
  send(type: string, content: Readonly<Record<string, unknown>>): void;
  /** Aborted when the running cell is interrupted; every cell has its own. */
  readonly signal: AbortSignal;
}

/** Representations of one output, by mime type. */
export type Bundle = Readonly<Record<string, unknown>> & { readonly "text/plain": string };

/** The kernel this code runs in, or undefined in plain Node. */
export function kernel(): Kernel | undefined {
  return (globalThis as { collapseLabKernel?: Kernel }).collapseLabKernel;
}

/** Shows one output; in plain Node its text. */
export function display(bundle: Bundle, metadata: Readonly<Record<string, unknown>> = {}): void {
  const jupyter = kernel();
  if (jupyter) jupyter.send("display_data", { data: bundle, metadata, transient: {} });
  else process.stdout.write(`${bundle["text/plain"]}\n`);
}

let outputs = 0;

/**
 * Shows one output and returns a function that replaces it in place; in plain Node each state is printed
 * on a line of its own.
 */
export function displayInPlace(bundle: Bundle): typeof display {
  const transient = { display_id: `collapse-lab-${process.pid}-${++outputs}` };
  const jupyter = kernel();
  if (!jupyter) {
    display(bundle);
    return display;
  }
  jupyter.send("display_data", { data: bundle, metadata: {}, transient });
  return (next, metadata = {}) =>
    jupyter.send("update_display_data", { data: next, metadata, transient });
}

/** A signal that is aborted when the running cell is interrupted; in plain Node it never is. */
export function interruptSignal(): AbortSignal {
  return kernel()?.signal ?? new AbortController().signal;
}

/** Text for HTML. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}
