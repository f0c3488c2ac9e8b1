import { attackersHtml, redirect } from "../hosts/attackers-hosts.ts";
import type { AttackersHost, SenderOrigins } from "../hosts/model.ts";
import { csrfCases } from "./cases.ts";

/** What the way of a play needs of it. */
export type Walking = {
  /** The attacker's hosts that this browser does not reach. */
  readonly unreached: Set<AttackersHost>;
};

export const pageName = "csrf";

/** The way of a play through the attacker's pages, a case a page. */
export function createWalk(origins: SenderOrigins) {
  /** Those whose hosts lead to this server. */
  const cases = csrfCases.filter(
    ({ host, through }) => origins[host] !== null && (through === undefined || origins[through] !== null),
  );

  function addressOf(ticket: string, index: number): string {
    const host = origins[cases[index]?.host ?? "attacker"];
    return `${host}/${pageName}/${ticket}/${index < cases.length ? index : "done"}`;
  }

  /**
   * The address of a case, or of the next one that can be reached. The way to a port goes by a page that first looks
   * whether the browser reaches it. Without it the play would end there.
   */
  function wayTo({ unreached }: Walking, ticket: string, from: number): string {
    let index = from;
    while (unreached.has(cases[index]?.host ?? "attacker")) index += 1;
    const isOnPort = (at: number) => cases[at]?.host === "otherPort";
    if (!isOnPort(index) || isOnPort(index - 1)) return addressOf(ticket, index);
    return `${origins.attacker}/${pageName}/${ticket}/port/${index}`;
  }

  /** Looks whether the port answers. If not, the cases that are sent from there are left out. */
  function portPage(play: Walking, ticket: string, index: number, isWithout: boolean): Response {
    if (isWithout) {
      play.unreached.add("otherPort");
      return redirect(wayTo(play, ticket, index));
    }
    const [there, without] = [
      addressOf(ticket, index),
      `${origins.attacker}/${pageName}/${ticket}/port/${index}/without`,
    ];
    const [ask, go] = [`fetch(${JSON.stringify(`${origins.otherPort}/`)}, { mode: "no-cors" })`, "location.replace"];
    const sends = `${ask}.then(() => ${go}(${JSON.stringify(there)}), () => ${go}(${JSON.stringify(without)}))`;
    return attackersHtml(teapot(`<script>${sends}</script>`));
  }

  return { cases, addressOf, wayTo, portPage };
}

const head = '<!doctype html>\n<meta charset="utf-8">\n<title>You have won a teapot!</title>\n';

/** A page with an attack in it. */
export function teapot(attack: string): string {
  return `${head}<body style="font:16px/1.5 system-ui;margin:2rem"><h1>You have won a teapot!</h1><p>One moment, it is on its way.</p>\n${attack}\n`;
}

export const won = `${head}<body style="font:16px/1.5 system-ui;margin:2rem"><h1>You have won a teapot!</h1><p>Close this window, and look what became of alice’s coins.</p>\n`;
export const over = `${head}<body style="font:16px/1.5 system-ui;margin:2rem"><h1>This play is over.</h1><p>Begin another one from its page.</p>\n`;
