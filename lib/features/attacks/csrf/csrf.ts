import type { FlowModule } from "../../../core/flow.ts";
import type { FlowId } from "../../../core/ids.ts";
import type { LabMemory } from "../../../lab/lab-memory.ts";
import { attackersHtml, redirect } from "../hosts/attackers-hosts.ts";
import type { Attacked, AttackersPage } from "../hosts/attackers-page.ts";
import type { AttackOrigins } from "../hosts/model.ts";
import { type CaseTarget, type CsrfCase, csrfCases, ownCase, tokenPath } from "./cases.ts";
import type { AgainstFlow, CsrfAnswer, JudgedPlay, PlayedCsrf } from "./model.ts";
import { makeTokens, type PlayTokens, withoutTokens } from "./play-tokens.ts";
import { requestOf } from "./request-of.ts";

type Options = {
  readonly memory: Pick<LabMemory, "byLab">;
  readonly origins: AttackOrigins;
  readonly flows: readonly FlowModule[];
  readonly now: () => number;
  readonly random: () => string;
};

/** A play of a lab. The newest replaces the one before. */
type Play = {
  readonly playedAt: string;
  readonly browser: string;
  readonly flow: FlowId;
  readonly tokens: PlayTokens;
  /** How far the browser came. */
  reached: number;
  readonly played: Map<string, PlayedCsrf>;
};

const mostPlays = 500;
const pageName = "csrf";

export type Csrf = ReturnType<typeof createCsrf>;

/** Requests that a page of the attacker's makes alice's browser send, each kept and judged. */
export function createCsrf({ origins, flows, now, random, memory }: Options) {
  const plays = memory.byLab<Play>("plays of csrf", mostPlays);
  /** Those whose hosts lead to this server. */
  const cases = csrfCases.filter(
    ({ host, id }) => origins[host] !== null && (id !== "null-origin-two-hops" || origins.sibling),
  );

  function addressOf(ticket: string, index: number): string {
    const host = origins[cases[index]?.host ?? "attacker"];
    return `${host}/${pageName}/${ticket}/${index < cases.length ? index : "done"}`;
  }

  function targetOf(play: Play, ticket: string, { id }: CsrfCase, next: number): CaseTarget {
    return { ...{ origins, flow: play.flow, id, ticket }, next: addressOf(ticket, next), planted: play.tokens.planted };
  }

  /** The page of a case, or the address that it goes by. */
  const page: AttackersPage = {
    name: pageName,
    answer({ ticket, labId, rest }) {
      const play = plays.get(labId);
      if (!play) return attackersHtml(over);
      const [first = "0", id] = rest;
      if (first === "redirect") {
        const index = cases.findIndex((each) => each.id === id);
        const found = cases[index];
        const redirected = found?.redirects?.(targetOf(play, ticket, found, index + 1));
        return redirected ? redirect(redirected.to, redirected.status) : attackersHtml(over);
      }
      const index = /^\d{1,2}$/.test(first) ? Math.min(Number(first), cases.length) : cases.length;
      const found = cases[index];
      play.reached = Math.max(play.reached, index);
      if (!found) return attackersHtml(won);
      // The first address has no number in it, and those of its page are read from there.
      if (rest.length === 0) return redirect(addressOf(ticket, 0));
      const { html, headers } = found.page(targetOf(play, ticket, found, index + 1));
      return attackersHtml(teapot(html), headers);
    },
    arrived,
  };

  async function arrived(attacked: Attacked): Promise<Response | null> {
    const play = plays.get(attacked.labId);
    const { name, method } = attacked.arrived;
    const index = cases.findIndex(({ id }) => id === name);
    if (!play || (index < 0 && name !== ownCase.id)) return null;
    if (cases[index]?.readsAnswers) return reflected(attacked, play, name);
    if (method !== "OPTIONS") play.played.set(name, await playedOf(attacked, play, name));
    // A navigation would stay at the application's answer. The play goes on at the attacker's next page.
    if (index < 0 || attacked.again().headers.get("sec-fetch-mode") !== "navigate") return null;
    const onward = redirect(addressOf(attacked.ticket, index + 1));
    for (const line of attacked.answer.headers.getSetCookie()) onward.headers.append("set-cookie", line);
    return onward;
  }

  /** The case in which the edge lets another origin read its answers: first the token, then what is done with it. No others. */
  async function reflected(attacked: Attacked, play: Play, name: string): Promise<Response | null> {
    const { reflectingOrigin, tokenAnswer } = await import("./weak/reflects-origin.ts");
    const request = attacked.again();
    const { pathname } = new URL(request.url);
    if (pathname === `/api/${play.flow}/${tokenPath}`) {
      const hasSession = request.headers.get("cookie")?.includes(play.tokens.session) === true;
      return reflectingOrigin(request, tokenAnswer(hasSession ? play.tokens.own : ""));
    }
    if (pathname !== `/api/${play.flow}/transfer`) return null;
    if (request.method !== "OPTIONS") play.played.set(name, await playedOf(attacked, play, name));
    return reflectingOrigin(request, attacked.answer);
  }

  async function playedOf(attacked: Attacked, play: Play, id: string): Promise<PlayedCsrf> {
    const { answer, again, edge } = attacked;
    const request = withoutTokens(await requestOf(again()), play.tokens);
    const weak = await answerOf(answer);
    // The own page's request is let in by the edge as well, so it is sent once.
    const own = id === ownCase.id ? weak : await answerOf(await edge(again()));
    return { id, request, weak, edge: own, flows: /-form$/.test(id) ? await everyFlow(attacked, play) : [] };
  }

  /** The same form at the address of each other flow. */
  async function everyFlow({ again, edge, weak }: Attacked, play: Play): Promise<readonly AgainstFlow[]> {
    const others = flows.map(({ manifest }) => manifest.id).filter((flow) => flow !== play.flow);
    const against: AgainstFlow[] = [];
    for (const flow of others) {
      const same = () => readdressed(again(), `/api/${play.flow}/`, `/api/${flow}/`);
      const [without, own] = [await weak(same()), await edge(same())];
      against.push({ flow, weak: await answerOf(without), edge: await answerOf(own) });
    }
    return against;
  }

  async function view(labId: string): Promise<JudgedPlay | null> {
    const play = plays.get(labId);
    if (!play) return null;
    const { playedAt, browser, flow, played, reached } = play;
    const known = [
      ...cases.slice(0, reached).map(({ id }) => id),
      ...[...played.keys()].filter((id) => id === ownCase.id),
    ];
    const all = known.map((id) => played.get(id) ?? { id, request: null, weak: null, edge: null, flows: [] });
    // Among the defences is one that is weak on purpose, so they are loaded when a play is looked at.
    const { verdictsOf } = await import("./judge.ts");
    const told = { playedAt, browser, flow, origins, cases: all };
    return { ...told, verdicts: verdictsOf(told, random), done: reached >= cases.length };
  }

  return {
    page,
    /** Begins a play; answers its tokens. */
    begin(labId: string, flow: FlowId, browser: string): PlayTokens {
      const tokens = makeTokens(random);
      const playedAt = new Date(now()).toISOString();
      plays.set(labId, { playedAt, browser, flow, tokens, reached: 0, played: new Map() });
      return tokens;
    },
    /** The newest play of a lab, judged. */
    view,
    origins,
  };
}

async function answerOf(response: Response): Promise<CsrfAnswer> {
  const isProblem = response.headers.get("content-type")?.includes("problem") === true;
  const body: unknown = isProblem ? await response.clone().json() : null;
  const code = typeof body === "object" && body !== null && "code" in body ? String(body.code) : null;
  return { status: response.status, code };
}

function readdressed(request: Request, from: string, to: string): Request {
  return new Request(request.url.replace(from, to), request);
}

const head = '<!doctype html>\n<meta charset="utf-8">\n<title>You have won a teapot!</title>\n';

function teapot(attack: string): string {
  return `${head}<body style="font:16px/1.5 system-ui;margin:2rem"><h1>You have won a teapot!</h1><p>One moment, it is on its way.</p>\n${attack}\n`;
}

const won = `${head}<body style="font:16px/1.5 system-ui;margin:2rem"><h1>You have won a teapot!</h1><p>Close this window, and look what became of alice’s coins.</p>\n`;
const over = `${head}<body style="font:16px/1.5 system-ui;margin:2rem"><h1>This play is over.</h1><p>Begin another one from its page.</p>\n`;
