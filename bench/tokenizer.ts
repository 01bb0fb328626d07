// Characters a second that the tokenizer encodes on one core, with a cold word cache, and how long
// it takes to train. The aim is a million characters a second.
import { loadStories } from "../lib/data/text/index";
import { UserError } from "../lib/errors";
import { Streams } from "../lib/random/streams";
import { fromTokenizerJson, toTokenizerJson, trainBpe } from "../lib/tokenizer/index";

const AIM = 1e6;
const DRAWN = 10_000;

async function texts(): Promise<{ texts: string[]; vocabulary: number; description: string }> {
  const streams = Streams.ofSeed(0);
  const all = async (dataset: "tinystories" | "grammar", train: number | "all") => {
    const stories = await loadStories(dataset, { train, validation: 1 }, streams);
    const found: string[] = [];
    for await (const text of stories.train()) found.push(text);
    return { texts: found, description: stories.description };
  };
  try {
    return { ...(await all("tinystories", "all")), vocabulary: 8000 };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...(await all("grammar", DRAWN)), vocabulary: 700 };
  }
}

async function main(): Promise<void> {
  const { texts: stories, vocabulary, description } = await texts();
  const characters = stories.reduce((sum, { length }) => sum + length, 0);
  console.log(`${description}: ${characters.toLocaleString("en-US")} characters`);
  const started = performance.now();
  const tokenizer = await trainBpe(stories, vocabulary);
  console.log(`Training to ${vocabulary}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  const speeds = Array.from({ length: 5 }, () => {
    const cold = fromTokenizerJson(toTokenizerJson(tokenizer), "the tokenizer");
    const from = performance.now();
    for (const story of stories) cold.encode(story);
    return (1000 * characters) / (performance.now() - from);
  }).sort((a, b) => a - b);
  const millions = (speed: number) => (speed / 1e6).toFixed(2);
  console.log(
    `Encoding: ${millions(speeds[2])} million characters a second (${millions(speeds[0])} to ${millions(speeds[4])}; aim ${millions(AIM)})`,
  );
  process.exitCode = speeds[2] >= AIM ? 0 : 1;
}

void main();
