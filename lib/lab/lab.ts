import type { CredentialKind } from "../core/credential.ts";
import type { FlowId, VariantId } from "../core/ids.ts";
import type { Clock, Duration, Instant } from "../core/time.ts";
import type { Role, User, UserId } from "../core/user.ts";
import type { CookiePlace } from "./cookies/cookie-place.ts";
import type { AcceptedKey } from "./key-ring.ts";
import type { LabSettings, SettingsChange } from "./lab-settings.ts";

/** What one visitor has for themselves. All other data belongs to one lab. */
export type Lab = {
  /** Public: part of credentials and addresses. Knowing it gives no access. */
  readonly id: string;
  /**
   * Random, new with each reset. The lab's keys are derived from it, so a credential from before a reset does not
   * verify after it.
   */
  readonly salt: string;
  /** How far this lab's clock was moved forward. */
  readonly clockOffset: Duration;
  /** Goes up with each rotation. */
  readonly keyGeneration: number;
  /** The generations that verify, as far as what they made may still live (`acceptedAt`). */
  readonly acceptedKeys: readonly AcceptedKey[];
  /** Variants whose credentials this lab accepts. */
  readonly enabled: readonly VariantId[];
  /** Settings for credentials issued from now on. Earlier ones stay as they are. */
  readonly settings: LabSettings;
  /** Where this lab has set the flows' cookies, if not at their own place: the last eight of each flow, oldest first. */
  readonly cookiePlaces: readonly CookiePlace[];
  /** System clock. A lab that was made anew under the same id has another one. */
  readonly createdAt: Instant;
  /** System clock. `null`: a permanent lab. */
  readonly expiresAt: Instant | null;
};

export interface Labs {
  find(id: string): Promise<Lab | null>;
  /** Creates the lab with its people if it does not exist, in one upsert: parallel first changes create one lab. */
  open(id: string, fresh: FreshLab): Promise<Lab>;
  /** Moves the clock forward by one atomic conditional update; `null` if that would pass its total bound. */
  advanceClock(id: string, by: Duration, bound: Duration): Promise<Lab | null>;
  /**
   * With overlap a generation accepted so far verifies until all that it made is over; without, only the new one does.
   * `null`: too many would verify.
   */
  rotateKeys(id: string, overlap: boolean): Promise<Lab | null>;
  enable(id: string, variant: VariantId): Promise<Lab>;
  /** Two changes at the same moment are both kept. */
  changeSettings(id: string, change: SettingsChange): Promise<Lab>;
  /** As the last place of its flow. Two at the same moment are both kept. */
  rememberPlace(id: string, place: CookiePlace): Promise<Lab>;
  /** Deletes all of the lab. The next `open` creates it anew. */
  remove(id: string): Promise<void>;
  /** The labs that accept one of these variants. */
  accepting(variants: readonly VariantId[]): Promise<readonly Lab[]>;
  /** Removes the labs that expired. System clock. Answers their ids. */
  sweep(now: Instant): Promise<readonly string[]>;
}

/** What the row of a new lab is made from. */
export type FreshLab = {
  readonly salt: string;
  readonly enabled: readonly VariantId[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  readonly people: readonly FirstPerson[];
};

/** Has an id before the row: a lab is shown before its first change. */
export type FirstPerson = NewPerson & { readonly id: UserId };

/** When and from where a token of a login was used. Times on the lab's clock, to the minute. */
export type LoginUse = {
  readonly recordId: string;
  /** The beginning of the token's SHA-256: it tells two tokens apart, and opens nothing. */
  readonly token: string;
  readonly kind: CredentialKind;
  readonly ip: string;
  readonly device: string;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
};

export type NewPerson = {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly passwordHash: string;
};

export type Person = Omit<User, "version"> & {
  readonly passwordHash: string;
  /** Coins, as a whole number, never below zero. */
  readonly balance: number;
};

/** The people of one lab, for code that manages accounts: the account page, an admin, a command. */
export interface People {
  list(): Promise<readonly Person[]>;
  find(id: UserId): Promise<Person | null>;
  /** By the username as it was typed, or in the form in which names are kept. */
  named(username: string): Promise<Person | null>;
  /**
   * Answers the username that is in the way: the same, or one that differs by case or normal form only. `null`: the
   * person was added, with their names as they are kept. Throws for a name that is refused (`objectionToName`).
   */
  add(person: NewPerson): Promise<string | null>;
  /** A new password, if the stored hash is still `expectedHash`, raises the person's version in each of the flows, in one transaction. */
  changePassword(
    id: UserId,
    change: { readonly expectedHash: string; readonly nextHash: string; readonly flows: readonly FlowId[] },
  ): Promise<boolean>;
  /**
   * Moves coins to another person of the lab, all of them or none. Answers the new balance, or why the transfer was
   * refused.
   */
  transfer(from: UserId, toUsername: string, amount: number): Promise<number | "too-few" | "nobody">;
  /**
   * A role that is raised raises the person's version in each of the flows as well: an id that somebody knew before
   * never acts with the new role, and the next login gets a new one (ASVS 7.2.4, WSTG-SESS-03). False, and nothing
   * changes: the lab's last enabled admin would lose the role.
   */
  setRole(id: UserId, role: Role, flows: readonly FlowId[]): Promise<boolean>;
  /**
   * Raises the person's version in each of the flows as well, so that enabling them again revives no login (ASVS 7.4.2).
   * False, and nothing changes: this is the lab's last enabled admin.
   */
  disable(id: UserId, flows: readonly FlowId[]): Promise<boolean>;
  enable(id: UserId): Promise<void>;
}

/** A lab is its own issuer, at its own address (RFC 8414 §2), so no lab's token counts in another. */
export function issuerOf(origin: string, labId: string): string {
  return `${origin}/api/labs/${labId}`;
}

/** The lab's clock: the system's, moved. */
export function labClock(system: Clock, offset: Duration): Clock {
  return { now: () => system.now() + offset };
}
