import type { SourceFile } from "../obtain";

const HOME = "https://huggingface.co/datasets/roneneldan/TinyStories/resolve/main/";

/** A file of stories; `sha256` is absent where its checksum is not published. */
export type StorySource = SourceFile & { readonly sha256?: string };

/** Both splits of one edition. */
export interface StorySet {
  /** For captions. */
  readonly name: string;
  readonly train: StorySource;
  readonly validation: StorySource;
}

function excerpt(file: string, sha256: string): StorySource {
  return { set: "tinystories", file, addresses: [], sha256 };
}

function official(file: string): StorySource {
  return { set: "tinystories", file, addresses: [`${HOME}${file}`] };
}

/**
 * TinyStories (Eldan and Li, arXiv 2305.07759): an excerpt of about ten thousand stories, available
 * from a mirror only, and the official files: V1 by GPT-3.5 and GPT-4, V2 by GPT-4 alone.
 */
export const TINY_STORIES = {
  tinystories: {
    name: "TinyStories excerpt",
    train: excerpt("train.txt", "8589ae4b6a6034374cb107aa5705c5ac7dda2a33e6c44b3f7380eca509c48d75"),
    validation: excerpt(
      "valid.txt",
      "217bcaf5c2219ee3692070a3dfb3efbbfb3e2c01075494e8b166422487cf6d23",
    ),
  },
  "tinystories-v1": {
    name: "TinyStories V1",
    train: official("TinyStories-train.txt"),
    validation: official("TinyStories-valid.txt"),
  },
  "tinystories-v2": {
    name: "TinyStories V2",
    train: official("TinyStoriesV2-GPT4-train.txt"),
    validation: official("TinyStoriesV2-GPT4-valid.txt"),
  },
} as const satisfies Readonly<Record<string, StorySet>>;
