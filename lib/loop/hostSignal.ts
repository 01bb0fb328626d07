/**
 * The stop button where there is one: a host that runs this library interactively publishes a signal for
 * the code that asks, as the notebook kernel does. What is started without a signal of its own obeys it.
 */
export function hostSignal(): AbortSignal | undefined {
  const { collapseLabKernel: host } = globalThis as {
    collapseLabKernel?: { readonly signal?: AbortSignal };
  };
  return host?.signal;
}
