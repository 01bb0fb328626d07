import * as fs from "node:fs";
import * as os from "node:os";

/** A process at work, named so that processes of other hosts and containers can judge it. */
export interface Owner {
  readonly host: string;
  /** Identifies the running kernel; a restart changes it. */
  readonly boot: string;
  /** PID namespace: containers on one host number their processes each for themselves. */
  readonly namespace: string;
  readonly pid: number;
  /** When the process started, in the kernel's clock ticks, since process numbers are reused. */
  readonly started: string;
  /** The Slurm job that it belongs to. */
  readonly job?: string;
}

const UNKNOWN = "unknown";
let own: Owner | undefined;

/** This process. */
export function thisProcess(): Owner {
  const job = process.env.SLURM_JOB_ID;
  own ??= {
    host: os.hostname(),
    boot: textOf("/proc/sys/kernel/random/boot_id"),
    namespace: linkOf("/proc/self/ns/pid"),
    pid: process.pid,
    started: startOf(process.pid),
    ...(job ? { job } : {}),
  };
  return own;
}

/** "process 42 on host a1 (Slurm job 17)" */
export const nameOf = ({ pid, host, job }: Owner): string =>
  `process ${pid} on host ${host}${job ? ` (Slurm job ${job})` : ""}`;

/**
 * Whether a process still runs, as far as it can be seen from here: "elsewhere" is on another host,
 * before a restart of this one, or in another container.
 */
export function lifeOf(owner: Owner): "alive" | "dead" | "elsewhere" {
  const here = thisProcess();
  const sameKernel = owner.host === here.host && owner.boot === here.boot;
  if (!sameKernel || owner.namespace !== here.namespace) return "elsewhere";
  // Unknown on Linux: two containers without /proc. Other systems have no namespaces.
  if (here.namespace === UNKNOWN && process.platform === "linux") return "elsewhere";
  const started = startOf(owner.pid);
  if (started !== UNKNOWN) return started === owner.started ? "alive" : "dead";
  try {
    process.kill(owner.pid, 0);
    return "alive";
  } catch (error) {
    // EPERM: it is another user's, and alive.
    return (error as NodeJS.ErrnoException).code === "EPERM" ? "alive" : "dead";
  }
}

/**
 * A process that has ended but that its parent never asked after (state Z; PID 1 of a container)
 * started at no time.
 */
function startOf(pid: number): string {
  const stat = textOf(`/proc/${pid}/stat`);
  if (stat === UNKNOWN) return UNKNOWN;
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? "ended" : fields[19];
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, "utf8").trim();
  } catch {
    return UNKNOWN;
  }
}

function linkOf(file: string): string {
  try {
    return fs.readlinkSync(file);
  } catch {
    return UNKNOWN;
  }
}
