import type { Lab } from "../../lab/lab.ts";
import type { LabMemory } from "../../lab/memory/lab-memory.ts";

const most = 1000;

export type RememberedLabs = ReturnType<typeof createRememberedLabs>;

/** The labs that this process remembers, so that most requests read no row. */
export function createRememberedLabs(memory: LabMemory) {
  const known = memory.byLab<Lab>("labs", most);
  /** A counter, so that a lab that was read before a change is not remembered after it. */
  let changes = 0;

  /** `at`: the count of changes of which this lab is the outcome. */
  function remember(lab: Lab, at: number): void {
    if (changes === at) known.set(lab.id, lab);
  }

  async function changing<T>(id: string, change: Promise<T>): Promise<T> {
    try {
      return await change;
    } finally {
      changes += 1;
      known.delete(id);
    }
  }

  return {
    of: (id: string): Lab | undefined => known.get(id),
    changes: () => changes,
    remember,
    forget: (id: string): void => void known.delete(id),
    changing,

    /** For a change that answers the lab as it is then: the next request need not read it, after each move of a clock, say. */
    async changed<T extends Lab | null>(id: string, change: Promise<T>): Promise<T> {
      const before = changes;
      const lab = await changing(id, change);
      // Unless another one ended meanwhile, which may be newer.
      if (lab) remember(lab, before + 1);
      return lab;
    },
  };
}
