import { z } from "zod";
import type { FlowModule } from "../../../core/flow.ts";
import { jsonIn } from "../../../core/text/read-json.ts";
import { minute } from "../../../core/time.ts";
import { wholeBody } from "../../../http/request/body.ts";
import type { LabMemory } from "../../../lab/memory/lab-memory.ts";
import { attackersHtml, nothing, redirect, ticketCookie } from "../hosts/attackers-hosts.ts";
import type { AttackersPage, PageRequest, PassedRequest } from "../hosts/attackers-page.ts";
import type { HostOrigins, Loot } from "../hosts/model.ts";
import type { XssBench } from "./bench.ts";
import { browserFile, injectedFile, isPageFile } from "./browser-files.ts";
import type { JudgedXss, PlayedRun } from "./model.ts";
import { createPageOfPlay, type PageOfPlay } from "./page-of-play.ts";
import { xssRuns } from "./runs.ts";
import { tablesOf } from "./tables.ts";

type Options = {
  readonly memory: Pick<LabMemory, "keep">;
  readonly origins: HostOrigins;
  readonly flows: readonly FlowModule[];
  /** Where the labs of a play are, each of one page. */
  readonly bench: XssBench;
  readonly now: () => number;
  readonly random: () => string;
};

/** A play of a lab. The newest replaces the one before. */
type Play = {
  readonly playedAt: string;
  readonly browser: string;
  readonly finished: PlayedRun[];
  /** The page that is open. */
  open: { readonly index: number; readonly page: PageOfPlay } | null;
  /** How far the browser came. */
  reached: number;
  /** Pages are opened one after another: each has a lab, which the next one ends. */
  turn: Promise<unknown>;
};

/** A page that nobody goes on with. As long as a ticket lives. */
const pageLives = 10 * minute;
const mostPlays = 100;
const pageName = "xss";

const stepBody = z.strictObject({
  did: z.enum(["begin", "login", "logout", "revocation", "time", "thief-renews", "owner-renews"]),
  status: z.int().optional(),
  login: z.int().min(1).max(3).optional(),
  runs: z.boolean().optional(),
});

export type Xss = ReturnType<typeof createXss>;

/** One injected script in a page that is vulnerable on purpose, against every place of a credential. */
export function createXss({ origins, flows, bench, now, random, memory }: Options) {
  // Bounded by `mostPlays`.
  const plays = new Map<string, Play>();
  memory.keep({ name: "plays of an injected script", count: () => plays.size, forget: (gone) => gone.forEach(drop) });

  const page: AttackersPage = { name: pageName, answer, passesOn, looted };

  async function answer(asked: PageRequest): Promise<Response> {
    const { host, rest, ticket } = asked;
    const [first = ""] = rest;
    if (host === "attacker" && first === injectedFile) return script(first);
    const play = plays.get(asked.labId);
    if (host !== "vulnerable" || !play) return nothing();
    if (isPageFile(first)) return script(first);
    if (first === "steps") return step(play, asked.request);
    if (rest.length === 0) return redirect(`/${pageName}/${ticket}/0`);
    if (asked.request.method !== "GET" || !/^\d{1,2}$/.test(first)) return nothing();
    return inTurn(play, () => opened(play, asked, Number(first)));
  }

  function inTurn<T>(play: Play, work: () => Promise<T>): Promise<T> {
    const turn = play.turn.then(work);
    play.turn = turn.catch(() => undefined);
    return turn;
  }

  /** Ends a play that nobody goes on with, and its lab. */
  function drop(labId: string): void {
    const play = plays.get(labId);
    plays.delete(labId);
    if (play) void inTurn(play, () => closed(play)).catch(() => undefined);
  }

  async function closed(play: Play): Promise<void> {
    const { open } = play;
    play.open = null;
    await open?.page.close();
  }

  /** Ends the page before, and begins this one in a lab of its own. */
  async function opened(play: Play, { ticket, labId }: PageRequest, index: number): Promise<Response> {
    await ended(play);
    if (plays.get(labId) !== play) return nothing();
    const run = xssRuns[index];
    play.reached = Math.max(play.reached, Math.min(index, xssRuns.length));
    if (!run) return attackersHtml(over);
    const open = { index, page: await createPageOfPlay({ bench, flows }, run) };
    play.open = open;
    const isLeft = () => inTurn(play, async () => (play.open === open ? closed(play) : undefined));
    setTimeout(() => void isLeft().catch(() => undefined), pageLives).unref();
    // Vulnerable on purpose, so it is loaded when a play opens it.
    const { vulnerablePage } = await import("./weak/vulnerable-page.ts");
    const { html, headers } = vulnerablePage({
      run,
      script: `${origins.attacker}/${pageName}/${ticket}/${injectedFile}`,
      loot: `${origins.attacker}/loot/${ticket}`,
      steps: `/${pageName}/${ticket}/steps`,
      next: `/${pageName}/${ticket}/${index + 1}`,
      nonce: random(),
    });
    const cookie = `${ticketCookie}=${ticket}; Path=/; Secure; HttpOnly; SameSite=Lax`;
    const lines = [cookie, ...emptied()].map((line) => ["set-cookie", line] as const);
    return attackersHtml(html, [...headers, ...lines]);
  }

  /** The cookies of the page before, which was in another lab. */
  function emptied(): readonly string[] {
    const names = flows.flatMap(({ manifest }) => manifest.cookies.map(({ name }) => name));
    return names.map((name) => `${name}=; Path=/; Secure; Max-Age=0`);
  }

  async function ended(play: Play): Promise<void> {
    const open = play.open;
    play.open = null;
    if (!open) return;
    play.finished[open.index] = await open.page.leave();
  }

  async function step({ open }: Play, request: Request): Promise<Response> {
    const read = await wholeBody(request);
    if ("answer" in read) return read.answer;
    const body = stepBody.safeParse(jsonIn(new TextDecoder().decode(read.bytes)));
    if (!open || !body.success || request.method !== "POST") return nothing();
    return Response.json(await open.page.step(body.data));
  }

  async function passesOn({ labId, request }: PassedRequest): Promise<Response> {
    return (await plays.get(labId)?.open?.page.forward(request)) ?? nothing();
  }

  function looted(labId: string, loot: Loot): void {
    plays.get(labId)?.open?.page.looted(loot);
  }

  return {
    page,
    origins,
    begin(labId: string, browser: string): void {
      drop(labId);
      if (plays.size >= mostPlays) drop([...plays.keys()][0] ?? "");
      const playedAt = new Date(now()).toISOString();
      plays.set(labId, { playedAt, browser, finished: [], open: null, reached: 0, turn: Promise.resolve() });
    },
    /** The newest play of a lab, with its tables. */
    view(labId: string): JudgedXss | null {
      const play = plays.get(labId);
      if (!play) return null;
      const { playedAt, browser, finished, reached } = play;
      const runs = finished.filter(Boolean);
      return { playedAt, browser, runs, tables: tablesOf(runs), done: reached >= xssRuns.length };
    },
  };
}

function script(name: string): Response {
  // The address has the play's ticket in it: a later play asks anew.
  const headers = { "content-type": "text/javascript; charset=utf-8", "cache-control": "private, max-age=600" };
  return new Response(browserFile(name), { headers: { ...headers, "x-content-type-options": "nosniff" } });
}

const over =
  '<!doctype html>\n<meta charset="utf-8">\n<title>Done</title>\n<body style="font:16px/1.5 system-ui;margin:2rem"><h1>Every page was played.</h1><p>Close this window.</p>\n';
