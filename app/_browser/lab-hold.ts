let holders = 0;

/** Does somebody hold the page's reading of its lab? */
export const isLabHeld = () => holders > 0;

/**
 * The page does not read its lab meanwhile. For a play that may take the lab's cookie out of the jar: a request without it
 * would be given another lab.
 */
export async function holdingLab<T>(run: () => Promise<T>): Promise<T> {
  holders += 1;
  try {
    return await run();
  } finally {
    holders -= 1;
  }
}
