// The story grammar: short stories about a child, an animal and something that goes wrong.
//
// `SLOTS` are drawn once per story, at their first use, and keep their value to its end: Mia stays
// Mia, and "she". An entry is [weight, text, attributes].
// `RULES` are drawn at each use: text → weight. In a text, `{hero}` is the text of a slot,
// `{hero.they}` one of its attributes (`{hero.They}` capitalised), `{opening}` a rule, and
// `{lost:thing.kind}` the rule for that kind of thing, such as "lost:flies".
//
// Weights fall off steeply, like word frequencies in a language: the tails are what a model may forget.

import type { Rules, Slots } from "./grammar";

const girl = { child: "girl", they: "she", them: "her", their: "her" };
const boy = { child: "boy", they: "he", them: "him", their: "his" };

const flies = { kind: "flies" };
const rolls = { kind: "rolls" };
const sails = { kind: "sails" };
const breaks = { kind: "breaks" };
const hides = { kind: "hides" };

export const SLOTS: Slots = {
  hero: [
    [300, "Mia", girl],
    [210, "Tom", boy],
    [150, "Lily", girl],
    [110, "Ben", boy],
    [80, "Anna", girl],
    [60, "Max", boy],
    [44, "Rosa", girl],
    [32, "Sam", boy],
    [24, "Zoe", girl],
    [17, "Leo", boy],
    [12, "Ida", girl],
    [9, "Finn", boy],
    [6, "Nora", girl],
    [4, "Otto", boy],
    [2, "Wren", girl],
    [1, "Hugo", boy],
  ],
  friend: [
    [300, "dog"],
    [220, "cat"],
    [140, "rabbit"],
    [100, "duck"],
    [70, "bear"],
    [50, "mouse"],
    [35, "fox"],
    [24, "frog"],
    [16, "goat"],
    [10, "hedgehog"],
    [6, "badger"],
    [3, "tortoise"],
    [1, "unicorn"],
  ],
  thing: [
    [300, "ball", rolls],
    [240, "kite", flies],
    [160, "boat", sails],
    [110, "book", hides],
    [80, "balloon", flies],
    [60, "cup", breaks],
    [45, "key", hides],
    [33, "marble", rolls],
    [24, "lantern", breaks],
    [17, "feather", flies],
    [12, "ring", hides],
    [8, "wheel", rolls],
    [5, "raft", sails],
    [3, "whistle", hides],
    [2, "violin", breaks],
    [1, "compass", hides],
  ],
  colour: [
    [300, "red"],
    [200, "blue"],
    [130, "yellow"],
    [90, "green"],
    [55, "white"],
    [35, "black"],
    [20, "brown"],
    [10, "purple"],
    [4, "golden"],
    [1, "silver"],
  ],
  place: [
    [300, "the park"],
    [200, "the garden"],
    [140, "the lake"],
    [100, "the forest"],
    [60, "the meadow"],
    [40, "the beach"],
    [22, "the market"],
    [12, "the old mill"],
    [6, "the lighthouse"],
    [1, "the end of the world"],
  ],
  home: [
    [300, "a little house by the river", { the: "the little house" }],
    [160, "a village near the sea", { the: "the village" }],
    [80, "a town full of bells", { the: "the town" }],
    [40, "a farm behind the hills", { the: "the farm" }],
    [12, "a tower of grey stone", { the: "the tower" }],
    [3, "a wagon with four green wheels", { the: "the wagon" }],
  ],
  treat: [
    [300, "bread"],
    [180, "cake"],
    [110, "soup"],
    [60, "honey"],
    [30, "cheese"],
    [10, "plum pie"],
    [2, "ginger tea"],
  ],
};

export const RULES: Rules = {
  story: { "{opening} {middle} {ending}": 1 },
  middle: {
    "{gift} {treasure}": 48,
    "{outing} {adventure}": 46,
    "{night} {visitor}": 6,
  },
  treasure: {
    "{outing} {lost:thing.kind} {helper} {rescue:thing.kind}": 4,
    "{quarrel} {peace}": 1,
  },
  adventure: {
    "{alone} {meeting} {play}": 230,
    "{storm} {shelter}": 130,
    "{hungry} {meal}": 80,
    "{found} {owner}": 20,
    "{moon}": 2,
  },
  visitor: { "{comfort}": 14, "{dragon}": 1 },

  opening: {
    "Once there was a {trait} {hero.child} named {hero}.": 40,
    "Once upon a time, a {hero.child} named {hero} lived in {home}.": 32,
    "{hero} was a {trait} {hero.child} who lived in {home}.": 18,
    "In {home} lived a {hero.child} named {hero}.": 8,
    "Nobody in {home} was as {trait} as {hero}.": 2,
  },
  trait: { little: 50, kind: 22, happy: 14, brave: 8, curious: 4, quiet: 2, "very tall": 1 },

  gift: {
    "{hero.They} had a {colour} {thing}.": 45,
    "{hero.They} loved {hero.their} {colour} {thing} very much.": 28,
    "{hero.Their} grandmother gave {hero.them} a {colour} {thing}.": 16,
    "For {hero.their} birthday {hero.they} got a {colour} {thing}.": 8,
    "{hero.They} had found a {colour} {thing} in a box without a name.": 1,
  },

  outing: {
    "One {day}, {hero.they} went to {place}.": 50,
    "One {day}, {hero.they} ran to {place} to play.": 24,
    "One {day}, {hero.their} {parent} took {hero.them} to {place}.": 16,
    "It was a {weather} {day}, so {hero} walked to {place}.": 9,
    "After a long {day} of rain, {hero.they} could go to {place} at last.": 1,
  },
  day: { day: 50, morning: 28, afternoon: 14, evening: 3 },
  weather: { sunny: 50, warm: 28, windy: 14, cold: 6, foggy: 1 },
  parent: { mother: 50, father: 35, grandfather: 9, aunt: 4, "big sister": 1 },

  "lost:flies": {
    "The wind blew the {thing} into a tall tree.": 60,
    "But the wind was strong, and the {thing} flew over a wall.": 30,
    "A crow came down and carried the {thing} away.": 5,
  },
  "lost:rolls": {
    "The {thing} rolled down the path and into a deep hole.": 60,
    "{hero} dropped the {thing}, and it rolled under a bush.": 30,
    "The {thing} bounced three times and was gone.": 5,
  },
  "lost:sails": {
    "The {thing} drifted far out on the water.": 60,
    "A big wave came, and the {thing} was stuck between two rocks.": 30,
    "A swan thought the {thing} was an egg and sat on it.": 5,
  },
  "lost:breaks": {
    "{hero.They} fell over a stone, and the {thing} broke.": 60,
    "The {thing} slipped out of {hero.their} hands and broke.": 30,
    "A loud noise made {hero.them} jump, and the {thing} broke in two.": 5,
  },
  "lost:hides": {
    "{hero.They} put the {thing} down and could not find it again.": 60,
    "There was a hole in {hero.their} pocket, and the {thing} was gone.": 30,
    "The {thing} sank into the deep snow.": 5,
  },

  helper: {
    "{hero} was {sad}. Then a {friend} came by.": 40,
    '"Do not cry," said a {friend}. "I can help you."': 28,
    "{hero} sat down and cried until a {friend} heard {hero.them}.": 18,
    '"Oh no!" said {hero}. "Oh yes!" said a {friend} behind {hero.them}.': 6,
    "Nobody came for a long time. Then a {friend} did.": 2,
  },
  sad: { sad: 50, "very sad": 24, upset: 10, angry: 5, "too sad to speak": 1 },

  "rescue:flies": {
    "The {friend} climbed up and brought the {colour} {thing} back.": 60,
    "Together they found a ladder and got the {thing} down.": 30,
    "The {friend} whistled, and the wind gave the {thing} back.": 3,
  },
  "rescue:rolls": {
    "The {friend} dug and dug and found the {colour} {thing}.": 60,
    "Together they pushed it out with a stick.": 30,
    "A mole came up with the {thing} on its nose.": 3,
  },
  "rescue:sails": {
    "The {friend} jumped in and pulled the {colour} {thing} back.": 60,
    "Together they got it with a long rope.": 30,
    "They sang a song, and the {thing} came back by itself.": 3,
  },
  "rescue:breaks": {
    "The {friend} had some glue and fixed the {colour} {thing}.": 60,
    "Together they tied it up with string.": 30,
    "They made a lamp out of the pieces, and it was better than before.": 3,
  },
  "rescue:hides": {
    "The {friend} looked under every leaf and found the {colour} {thing}.": 60,
    "Together they walked all the way back, and there it was.": 30,
    "It was in the hat of {hero.their} teacher.": 3,
  },

  alone: {
    "There was nobody to play with.": 50,
    "All the other children were away, and {hero.they} felt lonely.": 30,
    "{hero.They} called and called, but only the hills answered.": 4,
  },
  meeting: {
    'Then a {friend} came and said, "Hello! Can I play too?"': 50,
    "Behind a tree {hero.they} saw a {friend} who was alone too.": 30,
    "But a {friend} had been waiting there for a hundred years.": 1,
  },
  play: {
    "They {played} and {played} until it was dark.": 50,
    "First they {played}, and then they {played} again.": 24,
    "{hero} taught the {friend} to count, and the {friend} taught {hero.them} to swim.": 5,
  },
  played: { ran: 40, jumped: 28, danced: 16, sang: 9, swam: 5, "flew paper birds": 1 },

  storm: {
    "Suddenly it began to rain.": 50,
    "A storm came, and the sky turned black.": 30,
    "It snowed so much that the path was gone.": 10,
    "Then the ground began to shake.": 1,
  },
  shelter: {
    '"Come into my house," called a {friend}.': 45,
    "A {friend} showed {hero.them} a dry cave, and they waited there.": 30,
    "{hero} found a wet {friend} and carried it under {hero.their} coat.": 15,
    "They hid in an empty barrel, {hero} and a {friend} and seven bees.": 1,
  },

  quarrel: {
    "A {friend} wanted it too, but {hero} did not want to share.": 50,
    "But a {friend} took it and ran away.": 30,
    "{hero} and a {friend} both pulled at it, and they shouted.": 14,
    "A {friend} said it was ugly.": 3,
  },
  peace: {
    '"I am sorry," said the {friend}. "I am sorry too," said {hero}.': 50,
    'Then {hero} said, "Let us share the {colour} {thing}."': 34,
    "They did not speak for {days} days. Then they laughed.": 6,
  },
  days: { two: 50, three: 20, seven: 3 },

  hungry: {
    'There {hero.they} met a {friend}. "I am so hungry," said the {friend}.': 50,
    "A thin {friend} looked at {hero.them} and did not say a word.": 24,
    "A {friend} was trying to eat a shoe.": 3,
  },
  meal: {
    "{hero} gave the {friend} half of {hero.their} {treat}.": 50,
    "So they shared some {treat}, and there was enough for both.": 30,
    "They baked {treat} for the whole town.": 4,
  },

  night: {
    "One night {hero.they} could not sleep.": 50,
    "One night there was a noise under {hero.their} bed.": 30,
    "One night the clock struck thirteen.": 1,
  },
  comfort: {
    "It was only a {friend} who was afraid of the dark too.": 50,
    'A {friend} came to the window and said, "Look at the stars."': 30,
    "{hero.Their} {parent} brought some {treat} and a small {friend} to hold.": 12,
    "So {hero.they} counted sheep, and sheep number nine was a {friend}.": 2,
  },

  found: {
    "In the grass {hero.they} found a {colour} {thing}.": 50,
    "Somebody had left a {colour} {thing} on a bench.": 30,
    "A {colour} {thing} fell from the sky.": 1,
  },
  owner: {
    "It belonged to a {friend}, and {hero} gave it back.": 50,
    '{hero} asked everybody until a {friend} said, "That {thing} is mine."': 24,
    "A {friend} wanted to buy it, but {hero} gave it away for nothing.": 4,
  },

  dragon: {
    "A dragon sat in the kitchen with a {friend} and ate {treat}.": 10,
    "A dragon had come to learn to read, and a {friend} held the lamp.": 5,
    "A {friend} rode in on a dragon.": 1,
  },
  moon: {
    "The moon had fallen down, and a {friend} helped {hero.them} to push it up again.": 3,
    "There {hero.they} and a {friend} caught the moon in a net and let it go.": 1,
  },

  ending: {
    "{hero} was {glad}.": 26,
    "{hero} said thank you and hugged the {friend}.": 22,
    "From that day on, {hero} and the {friend} were best friends.": 20,
    "{hero} went home and was {glad}.": 12,
    "They went home together and had {treat}.": 9,
    "{hero} and the {friend} smiled.": 6,
    'And {hero} told {hero.their} {parent}, "It is good to have a {friend}."': 3,
    "The {friend} waved, and nobody ever saw it again.": 1,
    "If you go there today, you can still hear {hero} and the {friend} laugh.": 0.4,
  },
  glad: {
    happy: 50,
    "happy again": 20,
    "very proud": 9,
    tired: 5,
    "not afraid any more": 2,
    "as glad as a bell": 0.3,
  },
};
