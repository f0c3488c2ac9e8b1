import type { Random } from "../../core/ports.ts";
import type { UserId } from "../../core/user.ts";
import type { FirstPerson, FreshLab, Lab, NewPerson, People, Person } from "../../lab/lab.ts";
import { usualSettings } from "../../lab/lab-settings.ts";
import type { LabMemory } from "../../lab/memory/lab-memory.ts";

/** A lab without a row: what it is made from at its first change. */
export type UnwrittenLab = { readonly lab: Lab; readonly fresh: FreshLab; readonly people: readonly Person[] };

/** So many are remembered. One that is forgotten is drawn anew when it is next looked at: it has issued nothing. */
const remembered = 1000;

type UnwrittenLabsOptions = {
  /** Draws the parts of a lab that its first change will write. */
  draw(): Promise<Omit<FreshLab, "people"> & { readonly people: readonly NewPerson[] }>;
  readonly random: Random;
  readonly memory: LabMemory;
  /** The system's clock. */
  now(): number;
};

/**
 * Labs that were looked at and not changed yet, in this process's memory. Looking costs no row, so no limit counts it:
 * a page of another site, or one person behind a shared address, cannot use up what the others need.
 */
export function createUnwrittenLabs({ draw, random, memory, now }: UnwrittenLabsOptions) {
  const known = memory.byLab<UnwrittenLab>("labs without a row", remembered);

  function find(id: string): UnwrittenLab | null {
    const lab = known.get(id);
    return lab && (lab.fresh.expiresAt === null || lab.fresh.expiresAt > now()) ? lab : null;
  }

  return {
    find,

    /** The same one each time, until it is written or forgotten. */
    async of(id: string): Promise<UnwrittenLab> {
      const before = find(id);
      if (before) return before;
      const drawn = await draw();
      const people = drawn.people.map((person): FirstPerson => ({ ...person, id: random.id() }));
      const lab = unwritten(id, { ...drawn, people });
      // Another request may have drawn it meanwhile.
      const first = find(id) ?? lab;
      known.set(id, first);
      return first;
    },

    /** The ids of those that have expired without a change. */
    expired: (): readonly string[] => [...known.keys()].filter((id) => find(id) === null),

    /** It has a row now. */
    forget: (id: string): void => void known.delete(id),
  };
}

function unwritten(id: string, fresh: FreshLab): UnwrittenLab {
  const { people, ...row } = fresh;
  const usual = { clockOffset: 0, keyGeneration: 1, acceptedKeys: [{ generation: 1, until: null }] };
  return {
    lab: { id, ...row, ...usual, settings: usualSettings, cookiePlaces: [] },
    fresh,
    people: people.map((person) => ({ ...person, disabled: false, balance: firstBalance })),
  };
}

/** As the schema has it. */
const firstBalance = 100;

/** The people that an unwritten lab begins with. All but reading needs a row: `rows` finds none, and changes none. */
export function peopleOf({ people }: UnwrittenLab, rows: People): People {
  return {
    ...rows,
    list: async () => [...people].sort((a, b) => (a.username < b.username ? -1 : 1)),
    find: async (id: UserId) => people.find((person) => person.id === id) ?? null,
  };
}
