import { NotTried } from "../../lab/device.ts";

/** A broken server (5xx) or a limit on requests (429) gives no verdict: that is no refusal by a defence, and no success. */
export function saysNothing({ status }: { readonly status: number }): boolean {
  return status >= 500 || status === 429;
}

/** A play in which the server gave no verdict has no result: it could not be tried, and says why. Other errors go on. */
export async function orUntried<Play>(play: () => Promise<Play>, untried: (why: string) => Play): Promise<Play> {
  try {
    return await play();
  } catch (error) {
    if (error instanceof NotTried) return untried(`${error.message}.`);
    throw error;
  }
}
