import type { Dispatch } from "../../../http/router.ts";
import type { ArrivedRequest, AttackHost, HostOrigins, Loot } from "./model.ts";

/** A request to a page of the attacker's. */
export type PageRequest = {
  /** Names the attack in its requests: `?attack=<ticket>&case=<name>`. */
  readonly ticket: string;
  readonly labId: string;
  /** What follows the ticket in the address. */
  readonly rest: readonly string[];
  readonly host: AttackHost;
  readonly origins: HostOrigins;
  readonly request: Request;
};

/** What a page that is vulnerable on purpose asks of the application. */
export type PassedRequest = Pick<PageRequest, "labId" | "request">;

/** A request of an attack that arrived at the application and was answered. */
export type Attacked = {
  readonly ticket: string;
  readonly labId: string;
  readonly arrived: ArrivedRequest;
  /** A copy of it, body and all, as it arrived. */
  again(): Request;
  /** The edge without any weakness. */
  readonly edge: Dispatch;
  /** The edge with the weaknesses that the lab has on. */
  readonly weak: Dispatch;
  readonly answer: Response;
};

/** An attack that has pages on the attacker's hosts. */
export type AttackersPage = {
  /** The first part of its address there. */
  readonly name: string;
  answer(asked: PageRequest): Response | Promise<Response>;
  /** Answers what is asked of the application at the vulnerable host. */
  passesOn?(asked: PassedRequest): Promise<Response>;
  /** Hears of what was sent to the attacker. */
  looted?(labId: string, loot: Loot): void;
  /** Hears of each of its requests that arrived. What it answers the browser gets; `null`: the application's answer. */
  arrived?(attacked: Attacked): Promise<Response | null>;
};
