export type { LoadOptions, Stories, StoryCounts, StorySetName } from "./loadStories";
export { loadStories, STORY_SETS } from "./loadStories";
export { END_OF_STORY, storiesOf } from "./storiesOf";
export { storyKey } from "./storyKey";
export { TINY_STORIES } from "./tinyStories";
