// Loaded before tfjs-node or danfojs: type tests of `util` that they call, of which Node 22 warns and
// which Node 23 removed.
"use strict";

/** @type {Record<string, (value: unknown) => boolean>} */
const TESTS = {
  isArray: Array.isArray,
  isBoolean: (value) => typeof value === "boolean",
  isFunction: (value) => typeof value === "function",
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: (value) => typeof value === "number",
  isObject: (value) => value !== null && typeof value === "object",
  isString: (value) => typeof value === "string",
  isUndefined: (value) => value === undefined,
};

Object.assign(require("node:util"), TESTS);
