import { Streams } from "./streams";

/** The streams of a chain, from those of any of its generations. */
export function chainStreams({ path }: Streams): Streams {
  const at = path.indexOf("generation");
  return at < 0 ? new Streams(path) : new Streams(path.slice(0, at));
}
