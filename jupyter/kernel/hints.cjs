// IPython's %magic and !shell lines are no TypeScript. Whoever writes one is told what does the same.
"use strict";

const MAGIC = /^[ \t]*(%%?)([A-Za-z]\w*)(?:[ \t].*)?$/m;
const SHELL = /^[ \t]*!(?=[A-Za-z./~])(([\w.]*).*)$/m;
/** What follows the first word of an expression. */
const EXPRESSION = /^[\w.]*[ \t]*(?:[;()&|?=!<>[]|$)/;

const INSTEAD = new Map([
  ["time", 'console.time("cell") and console.timeEnd("cell") measure how long something takes'],
  ["pip", "run npm install in a terminal, in the project's folder, and import the package"],
  ["run", 'import "./file" runs a TypeScript file'],
  ["load", 'import "./file" runs a TypeScript file'],
  ["env", "read and set process.env.NAME"],
  ["cd", 'call process.chdir("folder")'],
  ["pwd", "read process.cwd()"],
  ["ls", 'call readdirSync(".") of "node:fs"'],
  ["matplotlib", "figures need no such line: await show(figure)"],
]);
const SAME = new Map([
  ...["timeit", "prun"].map((name) => [name, "time"]),
  ...["conda", "npm"].map((name) => [name, "pip"]),
  ...["set_env", "dotenv"].map((name) => [name, "env"]),
]);

/**
 * @param {string} code with errors @param {boolean} isParsed whether it is TypeScript all the same, as
 *   `!ls -l` is @param {(name: string) => boolean} isUnknown whether a name in it means nothing
 * @returns {string | undefined} one sentence
 */
function hintFor(code, isParsed, isUnknown) {
  const [, percent, name] = MAGIC.exec(code) ?? [];
  if (name !== undefined && (!isParsed || isUnknown(name))) {
    const instead = INSTEAD.get(SAME.get(name) ?? name) ?? "write what it should do in TypeScript";
    return `${percent}${name} is a command of IPython, and this is a TypeScript kernel: ${instead}.`;
  }
  const [, command, word] = SHELL.exec(code) ?? [];
  if (command === undefined) return undefined;
  if (!isUnknown(word) && (isParsed || EXPRESSION.test(command))) return undefined;
  return `A cell cannot begin a shell command with "!": write import { execSync } from "node:child_process"; console.log(execSync(${JSON.stringify(command.trim())}, { encoding: "utf8" }));`;
}

module.exports = { hintFor };
