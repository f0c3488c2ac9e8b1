import { wholeBody } from "../../http/request/body.ts";
import { createRequestJar } from "../../http/request/cookie-jar.ts";
import { labCookieOf } from "../../http/request/lab-cookie.ts";
import type { Dispatch } from "../../http/router.ts";
import type { LabMemory } from "../../lab/memory/lab-memory.ts";
import { arrivedRequest } from "./hosts/arrived.ts";
import { createAttackersHosts, createAttackHostOf } from "./hosts/attackers-hosts.ts";
import type { AttackersPage } from "./hosts/attackers-page.ts";
import { createJoins, type Joined } from "./hosts/joins.ts";
import type { ArrivedRequest, AttackHost, AttacksView, HostOrigins, Loot } from "./hosts/model.ts";
import type { VictimsPage } from "./hosts/victims-page.ts";
import { type WeaknessId, weaknessIds, weaknessTitles } from "./weaknesses/model.ts";
import { withWeaknesses } from "./weaknesses/with-weaknesses.ts";

type Options = {
  readonly memory: Pick<LabMemory, "byLab" | "keep">;
  readonly labMode: boolean;
  readonly origins: HostOrigins;
  readonly now: () => number;
  readonly random: () => string;
  /** The lab behind a lab cookie's value. */
  readonly labIdOf: (labCookie: string) => string;
  /** The attacks that have pages on the attacker's hosts. */
  readonly pages: readonly AttackersPage[];
  /** Those that have pages at the victim's host. */
  readonly victimsPages: readonly VictimsPage[];
  /** The application's edge. */
  readonly ask: Dispatch;
};

/** What is kept of a lab, in memory: until it is reset, or so many other labs were attacked. */
type Kept = {
  readonly on: Set<WeaknessId>;
  /** The newest first. */
  readonly arrived: ArrivedRequest[];
  readonly loot: Loot[];
};

const mostLabs = 1000;
const mostKept = 100;

export type LabAttacks = ReturnType<typeof createLabAttacks>;

/** The attacks of labs: the attacker's hosts, the weaknesses that are on, and what arrived. */
export function createLabAttacks(options: Options) {
  const { labMode, origins, now, random, labIdOf, pages, victimsPages, ask, memory } = options;
  const labs = memory.byLab<Kept>("attacks", mostLabs);
  const attackHostOf = createAttackHostOf(origins);
  const joins = createJoins(now, random, memory);
  const keepLoot = (labId: string, loot: Loot) => {
    keep(keptOf(labId).loot, loot);
    pages.find(({ name }) => name === loot.page)?.looted?.(labId, loot);
  };
  const answerAtHosts = createAttackersHosts({ origins, joins, pages, keepLoot, now });

  function keptOf(labId: string): Kept {
    const kept = labs.get(labId) ?? { on: new Set(), arrived: [], loot: [] };
    labs.set(labId, kept);
    return kept;
  }

  function ownLabOf(request: Request): string | null {
    const cookie = labCookieOf(createRequestJar(request.headers.get("cookie")));
    return cookie === null ? null : labIdOf(cookie);
  }

  /**
   * The attack that a request is part of. From some places it comes without the lab's cookie. With the cookie of another
   * lab it is somebody else's request, who followed a link with this ticket: to that lab an attack does nothing.
   */
  function joinedBy(request: Request): Joined | null {
    const { ticket } = attackIn(request);
    const joined = ticket === "" ? null : joins.of(ticket);
    const own = ownLabOf(request);
    return joined && (own === null || own === joined.labId) ? joined : null;
  }

  function labOf(ticket: string, attack: string): string | null {
    const joined = joins.of(ticket);
    return joined?.page === attack ? joined.labId : null;
  }

  /** The weaknesses that count for a request: those of the attack's lab, else of its own. */
  function onFor(request: Request): ReadonlySet<WeaknessId> {
    const labId = joinedBy(request)?.labId ?? ownLabOf(request) ?? "";
    return labs.get(labId)?.on ?? none;
  }

  /** Keeps a request of an attack as it arrived, and tells its attack of it. */
  function keepingArrived(edge: Dispatch, weak: Dispatch): Dispatch {
    return async (request) => {
      // Most requests: no lab is attacked, and this is no part of an attack.
      if (labs.size === 0 && !request.url.includes("attack=")) return edge(request);
      const { ticket, name } = attackIn(request);
      const joined = joinedBy(request);
      if (!joined) return weak(request);
      const read = await wholeBody(request);
      if ("answer" in read) return read.answer;
      const { bytes } = read;
      const again = () =>
        new Request(request.url, { ...partsOf(request), ...(bytes.byteLength > 0 && { body: bytes }) });
      const about = { page: joined.page, name, at: new Date(now()).toISOString() };
      const told = await arrivedRequest(again(), about);
      const answer = await weak(again());
      const arrived = { ...told, status: answer.status };
      keep(keptOf(joined.labId).arrived, arrived);
      const page = pages.find((each) => each.name === joined.page);
      const { labId } = joined;
      return (await page?.arrived?.({ ticket, labId, arrived, again, edge, weak, answer })) ?? answer;
    };
  }

  return {
    /** The edge as it is here: outside lab mode the right one, and nothing else. */
    async around(right: Dispatch): Promise<Dispatch> {
      return labMode ? keepingArrived(right, await withWeaknesses(right, onFor)) : right;
    },
    /** Which host of attacks a `Host` header names. Outside lab mode there is none. */
    hostOf: (host: string): AttackHost | null => (labMode ? attackHostOf(host) : null),
    answerAtHosts,
    /** The page of an attack that a request to the victim's host asks for; `null`: it is the application's. */
    victimsPageAt(host: string, path: string): ((request: Request) => Promise<Response>) | null {
      if (!labMode || host !== new URL(origins.victim).host) return null;
      const page = victimsPages.find(({ name }) => path.startsWith(`/${name}/`));
      return page ? (request) => page.answer(request, { ask, labOf }) : null;
    },
    /** A page's address on one of these hosts, good for one visit; `null`: no such host leads here. */
    openPage(labId: string, page: string, host: AttackHost): string | null {
      const origin = origins[host];
      return origin === null ? null : `${origin}/${page}?code=${joins.code({ labId, page })}`;
    },
    /** What names an attack in requests of the visitor's own page. */
    ticket: (labId: string, page: string): string => joins.redeem(joins.code({ labId, page }), page) ?? "",
    turn(labId: string, id: WeaknessId, on: boolean): void {
      if (on) keptOf(labId).on.add(id);
      else labs.get(labId)?.on.delete(id);
    },
    /** The titles of the weaknesses that this lab has on. */
    weaknesses: (labId: string): readonly string[] =>
      [...(labs.get(labId)?.on ?? none)].map((id) => weaknessTitles[id]),
    view(labId: string): AttacksView {
      const { on, arrived, loot } = labs.get(labId) ?? { on: none, arrived: [], loot: [] };
      const weaknesses = weaknessIds.map((id) => ({ id, title: weaknessTitles[id], on: on.has(id) }));
      return { origins, weaknesses, arrived: [...arrived], loot: [...loot] };
    },
  };
}

const none: ReadonlySet<WeaknessId> = new Set();

function keep<T>(list: T[], newest: T): void {
  list.unshift(newest);
  list.length = Math.min(list.length, mostKept);
}

/** What names an attack in the address of its requests. */
function attackIn(request: Request): { readonly ticket: string; readonly name: string } {
  const { searchParams } = new URL(request.url);
  return { ticket: searchParams.get("attack") ?? "", name: (searchParams.get("case") ?? "").slice(0, 40) };
}

function partsOf({ method, headers, signal }: Request) {
  return { method, headers, signal };
}
