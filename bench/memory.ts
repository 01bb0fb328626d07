import { readFileSync } from "node:fs";

/**
 * Most resident memory this process ever had, in bytes. Where the kernel tells, its count for this
 * program alone: that of getrusage begins with what the parent had when it started us.
 */
export function peakMemory(): number {
  try {
    const kibibytes = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"));
    if (kibibytes) return Number(kibibytes[1]) * 1024;
  } catch {}
  return process.resourceUsage().maxRSS * 1024;
}
