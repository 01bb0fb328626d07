import * as path from "node:path";
import { suggestion, UserError } from "../errors";
import { writeImages } from "../export/writeImages";
import { writeMolecules } from "../export/writeMolecules";
import { writeStories } from "../export/writeStories";
import { TABLE_ENDINGS, writeTable } from "../export/writeTable";
import { countOf } from "../format";
import { ITEMS } from "../loop/files";
import { DiskBlock } from "../pool/diskBlock";
import type { RunStore } from "../store/runStore";
import { itemRows } from "./itemRows";
import { storiesOfBlock } from "./language/exportStories";
import { ensemblesOfBlock } from "./molecules/exportEnsembles";

/** The items of one block, and the folder of the real data that they go back to. */
interface Items {
  readonly block: DiskBlock;
  readonly real: string;
}

/** How each task's items are written. @returns what was written: "100 images" */
const WRITERS: Readonly<Record<string, (items: Items, target: string) => string>> = {
  images({ block }, target) {
    if (path.extname(target) !== "")
      throw new UserError(`Images are written into a folder; ${target} is named like a file.`);
    const [height, width, channels] = block.schema.pixels.shape;
    const pixels = block.range(0, block.length).columns.pixels.data as Uint8Array;
    const size = { height, width, channels: channels as 1 | 3 };
    return countOf(writeImages(target, pixels, size), "image");
  },
  language({ block, real }, target) {
    const stories = storiesOfBlock(block, real);
    writeStories(target, stories);
    return countOf(stories.length, "story", "stories");
  },
  molecules({ block, real }, target) {
    writeMolecules(target, ensemblesOfBlock(block, real));
    return countOf(block.length, "conformer");
  },
};

/**
 * Writes the items of a block in the run store, sampled or real, in a format of other programs: images as
 * PNG files in a folder, stories as `.txt` or `.jsonl`, molecules as `.sdf` or `.jsonl`, items of numbers as
 * `.csv`, `.parquet` or `.jsonl`.
 * @param address of a block, or of real data, whose training items are written
 * @returns what was written: "100 images"
 * @throws UserError when the store has no such entry, or the format is none of that task's
 * @example exportItems(RunStore.open(), generations[1].block, ".cache/exported/model-2")
 */
export function exportItems(store: RunStore, address: string, target: string): string {
  const kind = (["block", "real"] as const).find((one) => store.has(one, address));
  if (!kind)
    throw new UserError(
      `The run store has no block or real data at ${address}. npm run runs lists them.`,
    );
  const { identity } = store.use(kind, address);
  const real =
    kind === "real"
      ? address
      : (store.read("fit", String(identity.fit)).identity as { real: string }).real;
  store.use("real", real);
  const folder = path.join(store.folder(kind, address), kind === "real" ? "train" : ITEMS);
  const block = DiskBlock.open(folder);
  try {
    const items = { block, real: store.folder("real", real) };
    const write = WRITERS[String(identity.task)] ?? writeNumbers;
    return write(items, target);
  } finally {
    block.close();
  }
}

function writeNumbers({ block }: Items, target: string): string {
  const ending = path.extname(target).toLowerCase();
  if (!TABLE_ENDINGS.includes(ending))
    throw new UserError(
      `Items of numbers are written as a table; ${target} has another ending.${suggestion(ending, TABLE_ENDINGS)}`,
    );
  writeTable(target, itemRows(block));
  return countOf(block.length, "item");
}
