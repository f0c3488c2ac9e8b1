import type { GuessingTold } from "./model.ts";
import { addressNumber, type Guessed, type Scene } from "./scene.ts";
import type { MistakeId } from "./weak/mistakes.ts";

/** How an attack went: the answer that decides, and whether the attacker reached their aim. */
export type Attack = Guessed & { readonly succeeded: boolean };

export type GuessingCase = GuessingTold & {
  readonly mistake: MistakeId;
  /** The attacker goes on after it, and waits. */
  readonly goesOn?: boolean;
  play(scene: Scene): Promise<Attack>;
};

/** So many addresses an attacker has, and so many names one address tries. */
export const addresses = 200;
const names = 120;
const networkLimit = 100;

/** Every attack that is played. In each the right password comes last, so that it counts how many were looked at. */
export const guessingCases: readonly GuessingCase[] = [
  {
    id: "many-names",
    title: "One address that tries many names is stopped by its network",
    source: "ASVS 6.3.1",
    does: `From one address, one password for each of ${names} names. alice, who has it, is the last.`,
    decidedBy: "the right password for alice",
    mistake: "no-network",
    async play({ guess, right, oneAddress: address }) {
      await each(names - 1, (at) => guess({ username: `name-${at}`, password: right, address }));
      return asGuess(await guess({ username: "alice", password: right, address }));
    },
  },
  {
    id: "many-addresses",
    title: "Many addresses that try one name are stopped by the name",
    source: "NIST SP 800-63B-4 §3.2.2",
    does: `${addresses} passwords for alice, each from an address of its own. The right one is the last.`,
    decidedBy: "the right password, from one more address",
    mistake: "no-name",
    goesOn: true,
    async play(scene) {
      await guessFromEverywhere(scene, addresses - 1);
      return asGuess(await scene.guess({ username: "alice", password: scene.right, address: scene.oneAddress }));
    },
  },
  {
    id: "lock-out",
    title: "Others’ failures refuse no right password from alice’s own browser",
    source: "ASVS 6.3.1",
    does: `${addresses} wrong passwords for alice from everywhere, then so many from her own network that it is limited too.`,
    decidedBy: "alice, from her own browser",
    mistake: "no-device",
    async play(scene) {
      const { guess, homeAddress: address, aliceLogsIn } = scene;
      await guessFromEverywhere(scene, addresses);
      await each(networkLimit, (at) => guess({ username: `neighbour-${at}`, password: "not this one", address }));
      const alice = await aliceLogsIn();
      return { ...alice, succeeded: alice.status !== 200 };
    },
  },
  {
    id: "stolen-device",
    title: "Ten wrong passwords end a device cookie",
    source: "NIST SP 800-63B-4 §3.2.2",
    does: "A copy of the device cookie of alice’s browser, at one address. 30 passwords, the right one last.",
    decidedBy: "the right password, with the copy",
    mistake: "no-device-counter",
    play: async (scene) => guessWith(scene, await scene.deviceCookieOf("alice"), 30),
  },
  {
    id: "another-device",
    title: "A device cookie counts for its own person alone",
    source: "NIST SP 800-63B-4 §3.2.2",
    does: "bob has an account of his own, and a known device. With its cookie 15 passwords for alice, the right one last.",
    decidedBy: "the right password, with bob’s cookie",
    mistake: "anybodys-device",
    play: async (scene) => guessWith(scene, await scene.deviceCookieOf("bob"), 15),
  },
  {
    id: "which-names",
    title: "A name that nobody has costs the same work",
    source: "ASVS 6.3.8",
    does: "One wrong password for alice and one for a name that nobody has. Who can tell the work apart has a list of names.",
    decidedBy: "the name that nobody has",
    mistake: "no-hash-for-nobody",
    async play({ guess, hashed, oneAddress: address }) {
      const before = hashed();
      await guess({ username: "alice", password: "not this one", address });
      const forAlice = hashed() - before;
      const nobody = await guess({ username: "nobody", password: "not this one", address });
      return { ...nobody, succeeded: hashed() - before !== 2 * forAlice };
    },
  },
];

/** A case without how it is played. */
export function toldOf({ id, title, source, does, decidedBy }: GuessingTold): GuessingTold {
  return { id, title, source, does, decidedBy };
}

/** Of a name that is under attack already: the attacker waits as told, and tries again. Answers the wait after each. */
export async function waitsOf(scene: Scene): Promise<readonly number[]> {
  const waits: number[] = [];
  for (let at = 0; at < 9; at += 1) {
    const { wait } = await scene.guess({ username: "alice", password: "not this one", address: addressNumber(at) });
    if (wait === null) break;
    waits.push(wait);
    scene.lab.pass(wait * 1000);
    await scene.guess({ username: "alice", password: "not this one", address: addressNumber(at) });
  }
  return waits;
}

function asGuess(answer: Guessed): Attack {
  return { ...answer, succeeded: answer.status === 200 };
}

function guessFromEverywhere({ guess }: Scene, times: number): Promise<void> {
  return each(times, (at) => guess({ username: "alice", password: `not this one, ${at}`, address: addressNumber(at) }));
}

async function guessWith(
  { guess, right, oneAddress: address }: Scene,
  cookies: Awaited<ReturnType<Scene["deviceCookieOf"]>>,
  times: number,
): Promise<Attack> {
  const from = { username: "alice", address, cookies };
  await each(times - 1, (at) => guess({ ...from, password: `not this one, ${at}` }));
  return asGuess(await guess({ ...from, password: right }));
}

async function each(times: number, act: (at: number) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < times; at += 1) await act(at);
}
