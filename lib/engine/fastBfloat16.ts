import { readFileSync } from "node:fs";

/** Linux's names of the instructions: x86's AVX-512 and AMX, and Arm's. */
const INSTRUCTIONS = /\b(avx512_bf16|amx_bf16|bf16)\b/;

let known: boolean | undefined;

/**
 * Whether this processor multiplies matrices of bfloat16 faster than of float32; undefined where that
 * cannot be read (only Linux tells).
 * @param file replaces /proc/cpuinfo, for tests
 */
export function hasFastBfloat16(file?: string): boolean | undefined {
  if (file === undefined && known !== undefined) return known;
  try {
    const found = INSTRUCTIONS.test(readFileSync(file ?? "/proc/cpuinfo", "utf8"));
    if (file === undefined) known = found;
    return found;
  } catch {
    return undefined;
  }
}
