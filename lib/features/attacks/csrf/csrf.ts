import { provesByHeader } from "../../../core/credential.ts";
import type { FlowModule } from "../../../core/flow.ts";
import type { FlowId } from "../../../core/ids.ts";
import type { LabMemory } from "../../../lab/memory/lab-memory.ts";
import { attackersHtml, redirect } from "../hosts/attackers-hosts.ts";
import type { Attacked, AttackersPage } from "../hosts/attackers-page.ts";
import type { AttackersHost, SenderOrigins } from "../hosts/model.ts";
import { type CaseTarget, tokenPath } from "./case-pages.ts";
import { type CsrfCase, ownCase } from "./cases.ts";
import { createFramedPage } from "./framed-page.ts";
import { type AgainstFlow, type CsrfAnswer, isFramedCase, type JudgedPlay, type PlayedCsrf } from "./model.ts";
import { makeTokens, type PlayTokens, withoutTokens } from "./play-tokens.ts";
import { requestOf } from "./request-of.ts";
import { createWalk, over, pageName, teapot, type Walking, won } from "./walk.ts";
import { agedAfter, youngLines } from "./watched-cookies.ts";

type Options = {
  readonly memory: Pick<LabMemory, "byLab">;
  readonly origins: SenderOrigins;
  readonly flows: readonly FlowModule[];
  readonly now: () => number;
  readonly random: () => string;
};

/** A play of a lab. The newest replaces the one before. */
type Play = Walking & {
  readonly playedAt: string;
  readonly browser: string;
  readonly flow: FlowId;
  readonly tokens: PlayTokens;
  readonly begunAt: number;
  readonly isBearer: boolean;
  /** The pages in frames that ran. */
  readonly ran: Set<string>;
  /** The cases of which the browser asked whether it may send them. */
  readonly asked: Set<string>;
  /** How far the browser came. */
  reached: number;
  readonly played: Map<string, PlayedCsrf>;
};

const mostPlays = 500;

export type Csrf = ReturnType<typeof createCsrf>;

/** Requests that a page of the attacker's makes alice's browser send, each kept and judged. */
export function createCsrf({ origins, flows, now, random, memory }: Options) {
  const plays = memory.byLab<Play>("plays of csrf", mostPlays);
  const { cases, addressOf, wayTo, portPage } = createWalk(origins);

  function targetOf(play: Play, ticket: string, { id }: CsrfCase, next: number): CaseTarget {
    const { flow, tokens, begunAt } = play;
    const { planted, beforeLogin } = tokens;
    const waits = Math.max(0, begunAt + agedAfter - now());
    return { ...{ origins, flow, id, ticket, planted, beforeLogin, waits }, next: wayTo(play, ticket, next) };
  }

  /** The attacker's host gives every page leave, so that a request with a preflight gets by it as well. */
  async function redirected(play: Play, ticket: string, id: string, request: Request): Promise<Response> {
    const index = cases.findIndex((each) => each.id === id);
    const found = cases[index];
    const onward = found?.redirects?.(targetOf(play, ticket, found, index + 1));
    if (!onward) return attackersHtml(over);
    const answer =
      request.method === "OPTIONS" ? new Response(null, { status: 204 }) : redirect(onward.to, onward.status);
    const { reflectingOrigin } = await import("./weak/reflects-origin.ts");
    return request.headers.has("origin") ? reflectingOrigin(request, answer) : answer;
  }

  /** The page of a case, or the address that it goes by. */
  const page: AttackersPage = {
    name: pageName,
    answer({ ticket, labId, rest, request }) {
      const play = plays.get(labId);
      if (!play) return attackersHtml(over);
      const [first = "0", id] = rest;
      if (first === "port" && origins.otherPort !== null)
        return portPage(play, ticket, Number(id), rest[2] === "without");
      if (first === "redirect") return redirected(play, ticket, id ?? "", request);
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
    if (method === "OPTIONS") play.asked.add(name);
    else play.played.set(name, await playedOf(attacked, play, name));
    const lines = [...attacked.answer.headers.getSetCookie(), ...youngLines];
    if (index < 0) return withCookies(attacked.answer, lines);
    // A navigation would stay at the application's answer. The play goes on at the attacker's next page.
    if (attacked.again().headers.get("sec-fetch-mode") !== "navigate") return null;
    return withCookies(redirect(wayTo(play, attacked.ticket, index + 1)), lines);
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
    const request = withoutTokens(await requestOf(again(), id), play.tokens);
    const weak = await answerOf(answer);
    // The own page's request is let in by the edge as well, so it is sent once. In a frame it would not have been made.
    const own = id === ownCase.id ? weak : isFramedCase(id) ? null : await answerOf(await edge(again()));
    const against = /-form$/.test(id) ? await everyFlow(attacked, play) : [];
    return { id, request, weak, edge: own, flows: against, frame: null };
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
      ...cases.slice(0, reached).flatMap(({ id, host }) => (play.unreached.has(host) ? [] : [id])),
      ...[...played.keys()].filter((id) => id === ownCase.id),
    ];
    const all = known.flatMap((id) => {
      const none = { ...{ id, request: null, weak: null, edge: null, flows: [] } };
      const frame = { open: play.ran.has(`${id} open`), closed: play.ran.has(`${id} closed`) };
      // The page lay there, and nobody pressed: nothing was tried.
      if (isFramedCase(id) && frame.open && !played.has(id) && !play.asked.has(id)) return [];
      return [{ ...(played.get(id) ?? none), frame: isFramedCase(id) ? frame : null }];
    });
    // Among the defences is one that is weak on purpose, so they are loaded when a play is looked at.
    const { verdictsOf } = await import("./judge.ts");
    const told = { playedAt, browser, flow, origins, cases: all };
    return { ...told, verdicts: verdictsOf(told, random), done: reached >= cases.length };
  }

  const isFramed = (id: string) => isFramedCase(id) && cases.some((each) => each.id === id);
  return {
    page,
    framedPage: createFramedPage({ attack: pageName, playOf: (labId) => plays.get(labId), isCase: isFramed, random }),
    /** Begins a play; answers its tokens. */
    begin(labId: string, flow: FlowId, browser: string): PlayTokens {
      const tokens = makeTokens(random);
      const playedAt = new Date(now()).toISOString();
      const isBearer = flows.some(({ manifest: { id, variants } }) => id === flow && provesByHeader(variants[0]));
      const fresh = {
        ran: new Set<string>(),
        asked: new Set<string>(),
        unreached: new Set<AttackersHost>(),
        played: new Map(),
      };
      const begun = { playedAt, browser, flow, tokens, begunAt: now(), isBearer, reached: 0 };
      plays.set(labId, { ...begun, ...fresh });
      return tokens;
    },
    /** The newest play of a lab, judged. */
    view,
    origins,
  };
}

/** The same answer with these cookies, and no others. */
function withCookies(answer: Response, lines: readonly string[]): Response {
  const headers = new Headers(answer.headers);
  headers.delete("set-cookie");
  for (const line of lines) headers.append("set-cookie", line);
  return new Response(answer.body, { status: answer.status, headers });
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
