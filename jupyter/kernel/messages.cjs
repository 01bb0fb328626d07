// Repair: one message that is not Jupyter's (any local user can connect to a kernel's port) threw inside
// tslab and ended the kernel, notebook state and all. Such messages are named in the log and ignored.
"use strict";
const { createHmac, timingSafeEqual } = require("node:crypto");

const DELIMITER = Buffer.from("<IDS|MSG>");
/** Signature, header, parent header, metadata, content. */
const PARTS = 5;

/**
 * Why a raw message is not one of our Jupyter's, or undefined if it is.
 * @param {string} key of the connection file @param {Buffer[]} frames
 */
function faultOf(key, frames) {
  const at = frames.findIndex((frame) => frame.equals(DELIMITER));
  if (at < 0) return "it has no delimiter";
  const [signature, ...parts] = frames.slice(at + 1);
  if (parts.length < PARTS - 1) return `it has ${parts.length} of ${PARTS - 1} parts`;
  const hash = createHmac("sha256", key);
  for (const part of parts) hash.update(part);
  const expected = Buffer.from(hash.digest("hex"));
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected))
    return "its signature is wrong";
  return undefined;
}

/** The message type of a sound request: the header is two frames after the delimiter. @param {Buffer[]} frames */
function typeOf(frames) {
  const at = frames.findIndex((frame) => frame.equals(DELIMITER));
  return JSON.parse(frames[at + 2].toString()).msg_type;
}

module.exports = { faultOf, typeOf };
