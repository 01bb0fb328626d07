import type { Kernel } from "../../lib/notebook/kernel";

export interface Message {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly id: string | undefined;
}

/** Runs a test as if in a notebook and returns what the cell published. */
export async function inKernel(
  cell: (abort: () => void, sent: readonly Message[]) => unknown,
): Promise<Message[]> {
  const sent: Message[] = [];
  const controller = new AbortController();
  const fake: Kernel = {
    send(type, content) {
      // A message goes over the wire as JSON.
      const { data, metadata, transient } = JSON.parse(JSON.stringify(content));
      sent.push({ type, data, metadata, id: transient.display_id });
    },
    signal: controller.signal,
  };
  const place = globalThis as { collapseLabKernel?: Kernel };
  place.collapseLabKernel = fake;
  try {
    await cell(() => controller.abort(), sent);
  } finally {
    delete place.collapseLabKernel;
  }
  return sent;
}

/** What is printed in plain Node. */
export async function printed(work: () => unknown): Promise<string> {
  const { write } = process.stdout;
  let text = "";
  process.stdout.write = (chunk: string | Uint8Array) => {
    text += chunk.toString();
    return true;
  };
  try {
    await work();
  } finally {
    process.stdout.write = write;
  }
  return text;
}
