import { MAIN } from "../../preset";
import type { Variant } from "../preset";

/** How figures of a variant are named, titled and spoken of. */
export interface Words {
  /** Beginning of their names. */
  readonly name: string;
  /** Beginning of their titles. */
  readonly title: string;
  /** In a sentence. */
  readonly network: string;
}

export const MAIN_WORDS: Words = {
  name: "image-vae",
  title: "Image VAE",
  network: "the image VAE",
};

export function wordsOf({ name, label }: Pick<Variant, "name" | "label">): Words {
  if (name === MAIN) return MAIN_WORDS;
  return { name: `${MAIN_WORDS.name}-${name}`, title: label, network: label };
}
