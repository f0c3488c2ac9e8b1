import { createHash } from "node:crypto";
import type { LabMemory } from "../../../lab/memory/lab-memory.ts";

/** An attack that a page of the attacker's plays, in the lab of the visitor who began it. */
export type Joined = { readonly labId: string; readonly page: string };

const codeLives = 60_000;
const ticketLives = 10 * 60_000;
/** Of a process. The oldest is dropped. */
const most = 2000;

type Kept = Joined & { readonly until: number };

/**
 * Joins a page on the attacker's host to a lab. The lab hands out a code, which opens the page once. The page gets a
 * ticket in its place: it names the attack in the requests that the page makes, and opens nothing of the lab.
 * Kept by their hashes, in memory.
 */
export function createJoins(now: () => number, random: () => string, memory: Pick<LabMemory, "keep">) {
  // Bounded: each has at most `most`.
  const codes = new Map<string, Kept>();
  const tickets = new Map<string, Kept>();

  function keep(kept: Map<string, Kept>, joined: Joined, lives: number): string {
    if (kept.size >= most) kept.delete([...kept.keys()][0] ?? "");
    const text = random();
    kept.set(hashOf(text), { labId: joined.labId, page: joined.page, until: now() + lives });
    return text;
  }

  memory.keep({
    name: "codes and tickets",
    count: () => codes.size + tickets.size,
    forget(gone) {
      for (const kept of [codes, tickets]) for (const [hash, each] of kept) if (gone.has(each.labId)) kept.delete(hash);
    },
  });

  function find(kept: Map<string, Kept>, text: string): Joined | null {
    const found = kept.get(hashOf(text));
    return found && found.until > now() ? found : null;
  }

  return {
    code: (joined: Joined): string => keep(codes, joined, codeLives),
    /** The ticket for a code, which is used up; `null`: it was used, is too old, or is for another page. */
    redeem(code: string, page: string): string | null {
      const joined = find(codes, code);
      if (joined?.page !== page) return null;
      codes.delete(hashOf(code));
      return keep(tickets, joined, ticketLives);
    },
    of: (ticket: string): Joined | null => find(tickets, ticket),
  };
}

export type Joins = ReturnType<typeof createJoins>;

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
