import type { RefusalCode } from "../../../core/refusal.ts";
import type { DecidingLine } from "../forgery/model.ts";

/** An attack by guessing, as it is told before it is played. */
export type GuessingTold = {
  readonly id: string;
  /** What must be so, as a rule. */
  readonly title: string;
  /** The clause of a standard. */
  readonly source: string;
  /** What the attacker does. */
  readonly does: string;
  /** The request whose answer decides. */
  readonly decidedBy: string;
};

/** What came of one attack, against one set of limits. */
export type GuessingOutcome = {
  /** The attacker reached their aim. */
  readonly succeeded: boolean;
  /** The answer to the request that decides. */
  readonly status: number;
  readonly code: RefusalCode | null;
  /** The seconds that it says to wait. */
  readonly wait: number | null;
  /** The passwords that the attacker sent, and how many of them were hashed and compared. */
  readonly sent: number;
  readonly hashed: number;
  /** The line of the source that decided. */
  readonly line: DecidingLine;
};

export type PlayedGuessing = GuessingTold & {
  readonly weakness: GuessingOutcome & { readonly mistake: string };
  readonly defence: GuessingOutcome;
};

/** One attack, and how long its attacker waits who goes on: the seconds after each further wrong password. */
export type GuessingPlay =
  | { readonly tried: true; readonly played: PlayedGuessing; readonly waits: readonly number[] }
  /** Without any attack, a right password was refused or a wrong one taken: no refusal would prove anything. */
  | { readonly tried: false; readonly why: string };

/** So many logins of each name are measured at most. */
export const mostMeasured = 20;

/** How long the server took to refuse logins. `known`: somebody has that name. */
export type LoginTimes = { readonly logins: readonly { readonly known: boolean; readonly milliseconds: number }[] };
