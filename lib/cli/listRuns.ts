import * as fs from "node:fs";
import { messageOf, UserError } from "../errors";
import { KINDS, type Manifest } from "../store/manifest";
import type { RunStore } from "../store/runStore";

/**
 * Prints the store's entries: each fit as a generation with its stages below it, real data, rows. As
 * JSON: one object per entry and line.
 * @throws UserError naming the entries that cannot be read, after all others were printed
 */
export function listRuns(store: RunStore, json: boolean): void {
  const unreadable: string[] = [];
  const entries = KINDS.flatMap((kind) =>
    store.list(kind).flatMap((address) => {
      try {
        return [store.read(kind, address)];
      } catch (error) {
        unreadable.push(messageOf(error));
        return [];
      }
    }),
  );
  if (json) for (const entry of entries) console.log(asJson(entry));
  else for (const line of tree(entries)) console.log(line);
  const drafts = fs.existsSync(store.drafts) ? fs.readdirSync(store.drafts).length : 0;
  if (!json && drafts > 0) console.log(`${drafts} unfinished (resumed by a rerun)`);
  if (unreadable.length > 0) throw new UserError(unreadable.join("\n"));
}

function asJson({ address, kind, files, identity, result, provenance }: Manifest): string {
  return JSON.stringify({ address, kind, bytes: bytesOf([files]), identity, result, provenance });
}

/** Each entry below the one that it was made from: stages below fits, baselines below real data. */
function tree(entries: readonly Manifest[]): string[] {
  const above = ({ kind, identity }: Manifest) =>
    kind === "block" || kind === "evaluation" ? (identity.fit ?? identity.real) : undefined;
  const present = new Set(entries.map(({ address }) => address));
  const below = (address: string) => entries.filter((entry) => above(entry) === address);
  const roots = entries.filter((entry) => !present.has(String(above(entry))));
  return roots.flatMap((entry) => {
    const stages = below(entry.address);
    if (entry.kind !== "fit") return [line(entry), ...stages.map((stage) => `  ${line(stage)}`)];
    return [generationLine(entry, stages), ...[entry, ...stages].map((s) => `  ${line(s)}`)];
  });
}

function generationLine(fit: Manifest, stages: readonly Manifest[]): string {
  const { task, seed, n } = fit.identity;
  const all = [fit, ...stages];
  const metrics = Object.assign({}, ...stages.map(({ result }) => result.metrics ?? {}));
  const about = `${task}: seed ${seed}, iteration ${n}, ${JSON.stringify(metrics)}`;
  return columns(fit.address, "generation", all, about);
}

function line(entry: Manifest): string {
  return columns(entry.address, entry.kind, [entry], describe(entry));
}

/** What an entry is, in a few words. */
export function describe({ kind, identity, result }: Manifest): string {
  const name = String(identity.task ?? identity.name ?? "");
  const place = `seed ${identity.seed}, iteration ${identity.n}`;
  if (kind === "fit") return `${name}: ${place}`;
  if (kind === "block") return `${name}: ${result.items} items sampled, ${place}`;
  if (kind === "evaluation") return `${name}: ${identity.name} ${JSON.stringify(result.metrics)}`;
  if (kind === "real") return `${name}: ${result.description}`;
  return `${name}: ${result.rows} rows`;
}

function columns(address: string, kind: string, all: readonly Manifest[], about: string): string {
  const seconds = all.reduce((sum, { provenance }) => sum + provenance.wallSeconds, 0);
  const size = `${(bytesOf(all.map(({ files }) => files)) / 1e6).toFixed(1)} MB`.padStart(9);
  const time = `${seconds.toFixed(1)} s`.padStart(9);
  return `${address.slice(0, 12)} ${kind.padEnd(10)} ${size} ${time}  ${about}`;
}

function bytesOf(files: readonly Manifest["files"][]): number {
  return files.flatMap((of) => Object.values(of)).reduce((sum, { bytes }) => sum + bytes, 0);
}
