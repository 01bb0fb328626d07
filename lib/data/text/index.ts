export { loadStories, STORY_SETS, type StorySetName } from "./loadStories";
export type { LoadOptions, Stories, StoryCounts } from "./stories";
export { END_OF_STORY, storiesOf } from "./storiesOf";
export { storyKey } from "./storyKey";
export { TINY_STORIES } from "./tinyStories";
