import type { FlowModule } from "../../../core/flow.ts";
import type { FlowId } from "../../../core/ids.ts";
import { createRequestJar } from "../../../http/request/cookie-jar.ts";
import { labCookie as cookieOfLab, labCookieOf } from "../../../http/request/lab-cookie.ts";
import type { LabMemory } from "../../../lab/memory/lab-memory.ts";
import { saysNothing } from "../broken-answers.ts";
import { attackersHtml, redirect } from "../hosts/attackers-hosts.ts";
import type { Attacked, AttackersPage } from "../hosts/attackers-page.ts";
import type { AttackOrigins } from "../hosts/model.ts";
import {
  namings,
  type PlayedTossing,
  type TossedFlow,
  type TossedRequest,
  type TossingPlay,
  type TossingProgress,
} from "./model.ts";
import { tossedFlows } from "./tossed-flows.ts";
import { cleaning, commonDomain, type Planted, tossingCaseId, unfilling, ways } from "./ways.ts";

type Options = {
  readonly memory: Pick<LabMemory, "byLab">;
  readonly origins: AttackOrigins;
  readonly flows: readonly FlowModule[];
  readonly passwords: Readonly<Record<string, string>>;
  readonly now: () => number;
};

/** A play of a lab. The newest replaces the one before. */
type Play = {
  readonly playedAt: string;
  readonly browser: string;
  /** The visitor's own. It may be dropped from the jar, and is put back. */
  readonly labCookie: string;
  /** The one of the visitor's own page. The sibling's page has another, which opens nothing. */
  readonly ticket: string;
  /** The thief's value of each flow's cookie. */
  readonly thiefs: Map<FlowId, string>;
  /** Logins of the thief's that are to be ended: of an earlier naming, and of a play that did not come to its end. */
  readonly left: (readonly [flow: FlowId, value: string])[];
  readonly played: Map<string, Map<FlowId, TossedRequest>>;
  planted: number;
  untried: string | null;
};

type Case = { readonly to: TossedFlow; readonly naming: (typeof namings)[number]; readonly way: string };

const known: ReadonlySet<string> = new Set(["own", ...ways.map(({ id }) => id)]);
const mostPlays = 500;
const pageName = "tossing";
/** How a page that plays asks how far it is: by the ticket, since its lab's cookie may be gone. */
const look = "look";
/** How it says that a play is over. */
const end = "end";

const tossingCases = namings.flatMap((naming) => ways.map((way) => ({ naming, way })));

export type Tossing = ReturnType<typeof createTossing>;

/** Cookies that a sibling subdomain plants in alice's browser, and what alice's own requests then bring. */
export function createTossing({ origins, flows, passwords, now, memory }: Options) {
  const plays = memory.byLab<Play>("plays of tossing", mostPlays);
  const tossed = tossedFlows(flows.map(({ manifest }) => manifest));
  const domain = origins.sibling === null ? "" : commonDomain(origins.victim, origins.sibling);

  function plantedIn(play: Play, index: number): Planted {
    const { naming } = tossingCases[index] ?? { naming: namings[0] };
    const cookies = tossed.map(({ flow, name }) => ({
      ...{ name: `${naming.prefix}${name}`, value: play.thiefs.get(flow) ?? "none", below: `/api/${flow}` },
    }));
    return { domain, cookies };
  }

  /** What may be left: of a play that was stopped, of every naming; of the case before, of its own. */
  function cleaningOf(play: Play, index: number): readonly string[] {
    const before = tossingCases[index - 1];
    if (before) return [...cleaning(plantedIn(play, index - 1)), ...(before.way.fills ? unfilling() : [])];
    return [...namings.flatMap((_, at) => cleaning(plantedIn(play, at * ways.length))), ...unfilling()];
  }

  const page: AttackersPage = {
    name: pageName,
    answer({ ticket, labId, rest: [first, second] }) {
      const play = plays.get(labId);
      if (!play) return attackersHtml(over);
      if (first === undefined) return redirect(`/${pageName}/${ticket}/0`);
      if (first === "wait") return new Response(mayGoOn(play, indexIn(second)) ? "go" : "wait", { headers: noStore });
      const index = indexIn(first);
      const found = tossingCases[index];
      const clean = cleaningOf(play, index).map((line) => ["set-cookie", line] as const);
      if (!found) return attackersHtml(won, clean);
      const { lines, script } = found.way.page(plantedIn(play, index));
      const plants = lines.map((line) => ["set-cookie", line] as const);
      return attackersHtml(`${head}<script>\n${script}\n${waiting(index)}\n</script>\n`, [...clean, ...plants]);
    },
    arrived,
  };

  /** The sibling's script has run, so the cookies of its case are set. */
  function mayGoOn(play: Play, index: number): boolean {
    if (index < tossingCases.length) play.planted = Math.max(play.planted, index + 1);
    const next = tossingCases[index + 1];
    return isPlayed(play, index) && (!next || isComplete(play, tossingCaseId(next.naming.id, "own")));
  }

  function isPlayed(play: Play, index: number): boolean {
    const found = tossingCases[index];
    return found !== undefined && isComplete(play, tossingCaseId(found.naming.id, found.way.id));
  }

  const isComplete = (play: Play, id: string) => play.played.get(id)?.size === tossed.length;

  async function arrived(attacked: Attacked): Promise<Response | null> {
    const play = plays.get(attacked.labId);
    if (play?.ticket !== attacked.ticket) return null;
    const { name } = attacked.arrived;
    if (name === end) {
      leave(play);
      await endLeft(attacked, play);
    }
    if (name === look || name === end)
      return withLabCookie(Response.json(progress(play), { headers: noStore }), attacked, play);
    const { pathname } = new URL(attacked.again().url);
    const to = tossed.find(({ path }) => path === pathname);
    const [id, way = ""] = name.split(".");
    const naming = namings.find((each) => each.id === id);
    if (!to || !naming || !known.has(way)) return null;
    const alices = await judge(attacked, play, { to, naming, way });
    return withLabCookie(withLines(attacked.answer, alices), attacked, play);
  }

  /** Keeps what came and what two edges make of it. Answers the lines that alice's browser gets besides. */
  async function judge({ edge, again }: Attacked, play: Play, { to, naming, way }: Case): Promise<readonly string[]> {
    const request = withOwnLab(again(), play);
    // It wraps the edge in weaknesses, so it is loaded when something is played.
    const { judgeTossed, loginCookie } = await import("./judge.ts");
    const isOwn = way === "own";
    if (isOwn) {
      leave(play, to.flow);
      await endLeft({ edge, again }, play);
    }
    const bob = { username: "bob", password: passwords["bob"] };
    const bobs = isOwn ? await loginCookie(edge, request, to, bob) : play.thiefs.get(to.flow);
    if (!bobs) play.untried = `The thief’s own login to ${to.flow} was refused.`;
    else play.thiefs.set(to.flow, bobs);
    const thiefs = play.thiefs.get(to.flow) ?? "";
    const { told, thiefsNext, alices } = await judgeTossed(edge, request, { to, naming, thiefs });
    if (thiefsNext !== null) play.thiefs.set(to.flow, thiefsNext);
    if (isOwn && told.own.as !== "alice") play.untried = `alice’s own request to ${to.flow} was refused.`;
    const broken = [told.first, told.own].find(saysNothing);
    if (broken) play.untried = `${to.flow} answered ${broken.code ?? broken.status}, which says nothing of a cookie.`;
    const id = tossingCaseId(naming.id, way);
    const kept = play.played.get(id) ?? new Map<FlowId, TossedRequest>();
    play.played.set(id, kept.set(to.flow, told));
    return alices;
  }

  /** The thief needs that login no more; without a flow, none. */
  function leave(play: Play, only?: FlowId): void {
    for (const [flow, value] of play.thiefs) {
      if (only !== undefined && flow !== only) continue;
      play.left.push([flow, value]);
      play.thiefs.delete(flow);
    }
  }

  async function endLeft({ edge, again }: Pick<Attacked, "edge" | "again">, play: Play): Promise<void> {
    const { endLogin } = await import("./judge.ts");
    for (const [flow, value] of play.left.splice(0)) {
      const to = tossed.find((each) => each.flow === flow);
      if (to) await endLogin(edge, withOwnLab(again(), play), to, value);
    }
  }

  function progress(play: Play): TossingProgress {
    return { play: told(play), planted: play.planted, untried: play.untried };
  }

  function told({ playedAt, browser, played }: Play): TossingPlay {
    const all = namings.flatMap(({ id: naming }) =>
      ["own", ...ways.map(({ id }) => id)].flatMap((way): readonly PlayedTossing[] => {
        const kept = played.get(tossingCaseId(naming, way));
        const answers = tossed.flatMap(({ flow }) => kept?.get(flow) ?? []);
        return answers.length === tossed.length ? [{ naming, way, flows: answers }] : [];
      }),
    );
    return { playedAt, browser, origins, played: all };
  }

  return {
    page,
    origins,
    /** The domain that both hosts are in; `""`: they have none in common, so no cookie can be tossed. */
    domain,
    begin(labId: string, { ticket, labCookie, browser }: Pick<Play, "ticket" | "labCookie" | "browser">): void {
      const before = plays.get(labId);
      if (before) leave(before);
      plays.set(labId, {
        ...{ playedAt: new Date(now()).toISOString(), browser, labCookie, ticket },
        ...{ thiefs: new Map(), played: new Map(), planted: 0, untried: null },
        left: [...(before?.left ?? [])],
      });
    },
    /** The newest play of a lab. */
    view(labId: string): TossingProgress | null {
      const play = plays.get(labId);
      return play ? progress(play) : null;
    },
  };
}

function withLines(answer: Response, lines: readonly string[]): Response {
  if (lines.length === 0) return answer;
  const headers = new Headers(answer.headers);
  for (const line of lines) headers.append("set-cookie", line);
  return new Response(answer.body, { status: answer.status, headers });
}

/** The number of a case in an address; that after the last one, if it is none. */
function indexIn(text = ""): number {
  return /^\d{1,2}$/.test(text) ? Math.min(Number(text), tossingCases.length) : tossingCases.length;
}

const noStore = { "cache-control": "no-store" } as const;

/** No application has the lab's cookie: where the jar has dropped it, the request is judged with it. */
function withOwnLab(request: Request, play: Play): Request {
  const header = request.headers.get("cookie");
  if (labCookieOf(createRequestJar(header)) !== null) return request;
  const headers = new Headers(request.headers);
  headers.set("cookie", [header, `${cookieOfLab.name}=${play.labCookie}`].filter(Boolean).join("; "));
  return new Request(request, { headers });
}

/** Puts the lab's cookie back into a jar that has dropped it. */
function withLabCookie(answer: Response, { again }: Attacked, play: Play): Response {
  if (labCookieOf(createRequestJar(again().headers.get("cookie"))) !== null) return answer;
  const headers = new Headers(answer.headers);
  const lines = headers.getSetCookie().filter((line) => !line.startsWith(`${cookieOfLab.name}=`));
  headers.delete("set-cookie");
  for (const line of [...lines, labCookieLine(play.labCookie)]) headers.append("set-cookie", line);
  return new Response(answer.body, { status: answer.status, headers });
}

/** Chromium drops cookies of high priority last. */
export function labCookieLine(value: string): string {
  const { name, path, maxAge } = cookieOfLab;
  return `${name}=${value}; Path=${path}; Max-Age=${maxAge}; HttpOnly; Secure; SameSite=None; Priority=High`;
}

/** Asks until alice has sent her requests, and goes on to the next case. */
function waiting(index: number): string {
  return [
    "const ask = async () => {",
    `  const answer = await fetch("wait/${index}").then((each) => each.text(), () => "wait");`,
    `  if (answer === "go") location.replace("${index + 1 < tossingCases.length ? index + 1 : "done"}");`,
    "  else setTimeout(ask, 60);",
    "};",
    "void ask();",
  ].join("\n");
}

const head =
  '<!doctype html>\n<meta charset="utf-8">\n<title>You have won a teapot!</title>\n<body style="font:16px/1.5 system-ui;margin:2rem"><h1>You have won a teapot!</h1><p>One moment, it is on its way.</p>\n';
const won =
  '<!doctype html>\n<meta charset="utf-8">\n<title>You have won a teapot!</title>\n<body style="font:16px/1.5 system-ui;margin:2rem"><h1>You have won a teapot!</h1><p>Close this window, and look whose account alice is in.</p>\n';
const over =
  '<!doctype html>\n<meta charset="utf-8">\n<title>You have won a teapot!</title>\n<body style="font:16px/1.5 system-ui;margin:2rem"><h1>This play is over.</h1><p>Begin another one from its page.</p>\n';
