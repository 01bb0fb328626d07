// Jupyter's messages as frames. One that is not Jupyter's (any local user can connect to a kernel's port)
// threw inside tslab and ended the kernel, notebook state and all. Such messages are named in the log
// and ignored.
"use strict";
const { createHmac, randomUUID, timingSafeEqual } = require("node:crypto");

const DELIMITER = Buffer.from("<IDS|MSG>");
/** Signature, header, parent header, metadata, content. */
const PARTS = 5;

/** @param {string} key @param {readonly (string | Buffer)[]} parts */
function signature(key, parts) {
  const hash = createHmac("sha256", key);
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/**
 * Why a raw message is not one of our Jupyter's, or undefined if it is.
 * @param {string} key of the connection file @param {Buffer[]} frames
 */
function faultOf(key, frames) {
  const at = frames.findIndex((frame) => frame.equals(DELIMITER));
  if (at < 0) return "it has no delimiter";
  const [given, ...parts] = frames.slice(at + 1);
  if (parts.length < PARTS - 1) return `it has ${parts.length} of ${PARTS - 1} parts`;
  const expected = Buffer.from(signature(key, parts));
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    return "its signature is wrong";
  return undefined;
}

const headerOf = (frames) => frames[frames.findIndex((frame) => frame.equals(DELIMITER)) + 2];

/** The message type of a sound request. @param {Buffer[]} frames */
const typeOf = (frames) => JSON.parse(headerOf(frames).toString()).msg_type;

/**
 * Half of a character outside the basic plane (an emoji that was cut in two) is no Unicode: what holds
 * one cannot be saved. It becomes U+FFFD, as on a terminal.
 * @template T @param {T} content of a message @returns {T}
 */
function wellFormed(content) {
  // JSON writes halves, and only them, as \udXXX.
  if (!/\\ud[89a-f]/.test(JSON.stringify(content))) return content;
  const mend = (value) => {
    if (typeof value === "string") return value.toWellFormed();
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(mend);
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [mend(key), mend(one)]));
  };
  return mend(JSON.parse(JSON.stringify(content)));
}

/**
 * The frames of a message to Jupyter.
 * @param {string} key @param {string} type
 * @param {Buffer[] | string} parent frames of the request that it answers, or that one's header for what
 *   is published
 * @param {object} content
 */
function signed(key, type, parent, content) {
  const isReply = typeof parent !== "string";
  const parentHeader = isReply ? headerOf(parent).toString() : parent;
  const identities = isReply
    ? parent.slice(
        0,
        parent.findIndex((at) => at.equals(DELIMITER)),
      )
    : [];
  const { session, username } = JSON.parse(parentHeader);
  const date = new Date().toISOString();
  const header = { version: "5.3", date, session, username, msg_type: type, msg_id: randomUUID() };
  const parts = [JSON.stringify(header), parentHeader, "{}", JSON.stringify(wellFormed(content))];
  return [...identities, DELIMITER, signature(key, parts), ...parts];
}

module.exports = { faultOf, signed, typeOf, wellFormed };
