import type { Limit } from "./limit.ts";

/** A browser in which this person was logged in before. `name`: the mark of the name. */
export type KnownDevice = { readonly name: string; readonly id: string };

/** One password that is tried. */
export type PasswordAttempt = {
  readonly lab: string;
  /** An IPv4 address, or the first 64 bits of an IPv6 address. */
  readonly network: string;
  /** The mark of the name: hashed under a key of the lab, and without its case. */
  readonly name: string;
  /** What the request's device cookie says, once its signature was verified. */
  readonly devices: readonly KnownDevice[];
};

export type PasswordCounter = "network" | "nameAtNetwork" | "name" | "device";

export type PasswordCounters = Readonly<Record<PasswordCounter, Limit>>;

export type ReservedAttempt = Awaited<ReturnType<Limit["reserve"]>> & {
  /** The counter that decided; `null`: all three let it pass. */
  readonly by: PasswordCounter | null;
};

/** Counts the passwords that are tried, before they are verified (ASVS 6.3.1, 6.3.4). */
export type PasswordLimits = { reserve(attempt: PasswordAttempt): Promise<ReservedAttempt> };

/**
 * Three counters: a network, a name at a network, and a name over all networks (NIST SP 800-63B-4 §3.2.2). For a known
 * device and its own person that device's counter stands in place of all three, so that others' failures refuse no right
 * password from it. A refused attempt takes nothing from any of them.
 */
export function createPasswordLimits(counters: PasswordCounters): PasswordLimits {
  return {
    async reserve({ lab, network, name, devices }) {
      const known = devices.find((each) => each.name === name);
      const own = known ? await counters.device.reserve(`${lab}|${known.id}`) : null;
      if (own?.wait === null) return { ...own, by: "device" };

      const fromHere = await counters.network.reserve(`${lab}|${network}`);
      if (fromHere.wait !== null) return { ...fromHere, by: "network" };
      const fromHereByName = await counters.nameAtNetwork.reserve(`${lab}|${network}|${name}`);
      if (fromHereByName.wait !== null) {
        await fromHere.undo();
        return { ...fromHereByName, by: "nameAtNetwork" };
      }
      const fromAnywhere = await counters.name.reserve(`${lab}|${name}`);
      if (fromAnywhere.wait !== null) {
        await Promise.all([fromHere.undo(), fromHereByName.undo()]);
        return { ...fromAnywhere, by: "name" };
      }
      return {
        wait: null,
        by: null,
        // A network's attempts count right or wrong.
        giveBack: async () => void (await Promise.all([fromHereByName.giveBack(), fromAnywhere.giveBack()])),
        undo: async () => void (await Promise.all([fromHere, fromHereByName, fromAnywhere].map((each) => each.undo()))),
      };
    },
  };
}
