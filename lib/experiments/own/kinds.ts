import type { OwnKindName } from "../../data/own/recogniseKind";
import type { Preset } from "../preset";
import { ownImages } from "./images";
import type { OwnKind, Survey } from "./kind";
import { ownMolecules } from "./molecules";
import { ownStories } from "./stories";
import { ownTable } from "./table";

/** A kind whose types are known to itself alone. */
export type AnyKind = OwnKind<Survey, object, Preset<object>>;

/** The kinds of data and the families that they are run through. */
export const OWN_KINDS: Readonly<Record<OwnKindName, AnyKind>> = {
  images: ownImages as unknown as AnyKind,
  molecules: ownMolecules as unknown as AnyKind,
  stories: ownStories as unknown as AnyKind,
  table: ownTable as unknown as AnyKind,
};
