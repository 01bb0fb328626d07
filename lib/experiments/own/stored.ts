import type { Session } from "../session";

/** Any plain JSON by what determines it: computed once, and then read from the run store. */
export async function stored<T>(
  session: Session,
  key: object,
  compute: () => Promise<T>,
): Promise<T> {
  const [{ json }] = await session.rows({ ...key }, async () => [
    { json: JSON.stringify(await compute()) },
  ]);
  return JSON.parse(String(json)) as T;
}
