// Jupyter counts characters by code points, JavaScript in units of UTF-16, of which an emoji has two.
"use strict";

/** @param {string} text @param {number} count of code points @returns {number} the same place in UTF-16 */
function unitsBefore(text, count) {
  let units = 0;
  for (let i = 0; i < count && units < text.length; i++)
    units += text.codePointAt(units) > 0xffff ? 2 : 1;
  return units;
}

/** @param {string} text @param {number} units of UTF-16 @returns {number} the same place in code points */
const codePointsBefore = (text, units) => [...text.slice(0, units)].length;

/** Twice as wide as a letter where every letter is as wide as any other. */
const WIDE =
  /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;

/** Columns that a line takes on a terminal. @param {string} text without tabs @returns {number} */
function widthOf(text) {
  const columns = [...text].map((one) => (/\p{M}|\u200d/u.test(one) ? 0 : WIDE.test(one) ? 2 : 1));
  return columns.reduce((sum, one) => sum + one, 0);
}

module.exports = { codePointsBefore, unitsBefore, widthOf };
