import { createServer } from "node:net";
import { SetupFailure } from "../failure.mjs";

const FIRST = 8888;
const TRIES = 50;

/** Whether nothing listens there. @param {number} port @returns {Promise<boolean>} */
const free = (port) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host: "127.0.0.1" }, () => probe.close(() => resolve(true)));
  });

/**
 * The asked port, which must be free, or the first free one from Jupyter's usual port on.
 * @param {string | undefined} asked
 */
export async function choosePort(asked) {
  if (asked !== undefined) {
    const port = Number(asked);
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      throw new SetupFailure(`--port ${asked} is not a port: give a whole number from 1 to 65535.`);
    }
    if (await free(port)) return port;
    throw new SetupFailure(
      `Port ${port} is taken: stop what listens there, choose another with --port, or leave --port out to get the next free one.`,
    );
  }
  for (let port = FIRST; port < FIRST + TRIES; port++) if (await free(port)) return port;
  throw new SetupFailure(
    `Ports ${FIRST} to ${FIRST + TRIES - 1} are all taken: name a free one with --port.`,
  );
}
