import type { FlowDeps } from "../../core/ports.ts";
import { ok, type Result } from "../../core/result.ts";
import { type Data, dataLimits, type LoginData } from "../../core/session-data.ts";
import type { State } from "./state.ts";

/** Bytes that data may not use: a later time, version or key can be longer, and the login still has to fit. */
const forLater = 64;

/**
 * Session data inside the login's cookie. Each change writes the whole cookie again: of two changes at once, the
 * browser keeps the one whose answer came last. Data that does not fit is refused, and the cookie stays as it was.
 */
export function dataIn(
  { refuse }: Pick<FlowDeps, "refuse">,
  state: State,
  write: (state: State, spare?: number) => Promise<Result<null>>,
): LoginData {
  let data: Data = state.data ?? {};

  async function change(next: Data, spare?: number): Promise<Result<null>> {
    const written = await write({ ...state, data: next }, spare);
    if (written.ok) data = next;
    return written;
  }

  const valueUnder = (key: string) => (Object.hasOwn(data, key) ? data[key] : undefined);

  return {
    async all() {
      return data;
    },

    async get(key) {
      const value = valueUnder(key);
      return value === undefined ? null : { value };
    },

    async set(key, value) {
      const isNew = valueUnder(key) === undefined;
      if (isNew && Object.keys(data).length >= dataLimits.keys) return refuse("UNPROCESSABLE");
      return change({ ...data, [key]: value }, forLater);
    },

    async remove(key) {
      const value = valueUnder(key);
      if (value === undefined) return ok(null);
      const left = Object.entries(data).filter(([each]) => each !== key);
      const written = await change(Object.fromEntries(left));
      return written.ok ? ok({ value }) : written;
    },

    async clear() {
      const count = Object.keys(data).length;
      const written = count > 0 ? await change({}) : ok(null);
      return written.ok ? ok(count) : written;
    },
  };
}
