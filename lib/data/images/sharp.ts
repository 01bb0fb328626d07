let loaded: Promise<typeof import("sharp").default> | undefined;

/**
 * The library that decodes pictures, loaded when it is first needed: it is large and native, and most runs
 * decode nothing. Each picture is decoded by one thread, which for small ones is faster than several;
 * several are decoded at once.
 */
export function loadSharp(): Promise<typeof import("sharp").default> {
  loaded ??= import("sharp").then(({ default: sharp }) => {
    sharp.concurrency(1);
    sharp.cache(false);
    return sharp;
  });
  return loaded;
}
