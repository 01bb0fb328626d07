import type { Task } from "../../loop/task";
import type { Session } from "../session";

/** The session, whose chains read the real data by `loadReal`. */
export function withData(session: Session, loadReal: Task<never>["loadReal"]): Session {
  return {
    ...session,
    chains: (title, chains) =>
      session.chains(
        title,
        chains.map((chain) => ({
          ...chain,
          task: { ...chain.task, loadReal: loadReal as Task<unknown>["loadReal"] },
        })),
      ),
  };
}
