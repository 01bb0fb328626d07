/** Those who wait for messages of a kernel: what each waits for is looked at again after every message. */
export class Waiting {
  #all: { test: () => boolean; done: () => void; fail: (error: Error) => void }[] = [];
  #ended: string | undefined;

  /** Resolves when a message makes `test` true; rejects when no message will come any more. */
  until(test: () => boolean): Promise<void> {
    if (test()) return Promise.resolve();
    if (this.#ended !== undefined) return Promise.reject(never(test, this.#ended));
    return new Promise((done, fail) => this.#all.push({ test, done, fail }));
  }

  /** A message has come. */
  look(): void {
    this.#all = this.#all.filter(({ test, done }) => {
      if (!test()) return true;
      done();
      return false;
    });
  }

  /** No message will come any more. @param why "the kernel has ended with 1" */
  end(why: string): void {
    this.#ended = why;
    for (const { test, fail } of this.#all) fail(never(test, why));
    this.#all = [];
  }
}

const never = (test: () => boolean, why: string): Error =>
  new Error(`This will never be: ${test}, because ${why}.`);
