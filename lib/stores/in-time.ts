import type { Duration } from "../core/time.ts";

/** What the work comes to. Rejects with what `late` makes where it has not ended after `most`; it is not stopped. */
export async function inTime<T>(work: Promise<T>, most: Duration, late: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), most);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
