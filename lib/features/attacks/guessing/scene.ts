import { deviceCookie } from "../../../http/password-attempts/device-cookie.ts";
import { createDevice, type Device, type Reply } from "../../../lab/device.ts";
import type { GuessingLab } from "./bench.ts";

/** alice's own browser, and the network that it is in. */
const homeAddress = "192.0.2.1";
/** The address of an attacker who has only one. */
const oneAddress = "198.51.100.1";

/** What an answer to a login says. */
export type Guessed = Pick<Reply, "status" | "code"> & { readonly wait: number | null };

/** One lab of a play: alice's browser, and an attacker who comes from any address. */
export type Scene = {
  /** Sends one password, by a client without cookies, unless it is given some. */
  guess(guess: Guess): Promise<Guessed>;
  /** alice's right password, from her own browser. */
  aliceLogsIn(): Promise<Guessed>;
  /** A copy of the device cookie of that person's browser. */
  deviceCookieOf(username: "alice" | "bob"): Promise<Cookies>;
  readonly right: string;
  readonly homeAddress: string;
  readonly oneAddress: string;
  /** So many passwords the attacker sent, and so many of them were hashed. */
  sent(): number;
  hashed(): number;
  /** The status of the first answer of a broken server (5xx); `null`: there was none. A limit (429) is what is tried here. */
  broken(): number | null;
  readonly lab: GuessingLab;
};

type Cookies = readonly (readonly [string, string])[];
type Guess = {
  readonly username: string;
  readonly password: string;
  readonly address: string;
  readonly cookies?: Cookies;
};

const variant = "server-session/sql";
const path = "/api/server-session/login";

/** `null`: the right password did not get in, or a wrong one did, before there was any attack. */
export async function enterScene(lab: GuessingLab): Promise<Scene | null> {
  const right = lab.passwords["alice"] ?? "";
  const browserAt = (address: string, cookies: Cookies = []) =>
    createDevice({ transport: lab.from(address), origin: lab.origin, cookies: [lab.labCookie, ...cookies] });
  const home = browserAt(homeAddress);
  const known = (device: Device) => [...device.cookies].filter(([name]) => name === deviceCookie.name);
  let sent = 0;
  let hashed = 0;
  let broken: number | null = null;

  async function logIn(device: Device, username: string, password: string): Promise<Guessed> {
    const { status, code, body } = await device.send("POST", path, { username, password, variant });
    if (status >= 500) broken ??= status;
    return { status, code, wait: waitIn(body["detail"]) };
  }

  const scene: Scene = {
    async guess({ username, password, address, cookies }) {
      const before = lab.hashes();
      const answer = await logIn(browserAt(address, cookies), username, password);
      sent += 1;
      hashed += lab.hashes() - before;
      return answer;
    },
    aliceLogsIn: () => logIn(home, "alice", right),
    async deviceCookieOf(username) {
      if (username === "alice") return known(home);
      const theirs = browserAt("203.0.113.1");
      await logIn(theirs, username, lab.passwords[username] ?? "");
      return known(theirs);
    },
    right,
    homeAddress,
    oneAddress,
    sent: () => sent,
    hashed: () => hashed,
    broken: () => broken,
    lab,
  };
  // The wrong one first: alice's right login ends the row that it began.
  const wrong = await scene.guess({ username: "alice", password: "not this one", address: "203.0.113.2" });
  const alice = await scene.aliceLogsIn();
  sent = 0;
  hashed = 0;
  return wrong.code === "BAD_CREDENTIALS" && alice.status === 200 ? scene : null;
}

/** The problem's sentence says the seconds that Retry-After says. */
function waitIn(detail: unknown): number | null {
  const [, seconds] = /Wait (\d{1,5}) seconds/.exec(String(detail)) ?? [];
  return seconds === undefined ? null : Number(seconds);
}

/** So many different addresses of the network for benchmarks (RFC 2544), which no client has. */
export function addressNumber(at: number): string {
  return `198.18.${at >> 8}.${at & 0xff}`;
}
