import { saysNothing } from "../broken-answers.ts";
import {
  type Act,
  type After,
  type Consequence,
  consequences,
  type PlayedRun,
  type Replay,
  type Stolen,
  type XssCell,
  type XssRow,
  type XssTables,
  type XssWay,
  xssWays,
} from "./model.ts";
import { defendedPlaces, heldPlaces, injectionRun, injections, pageDefences, xssPlaces } from "./runs.ts";

/** The tables of the page. Each cell is what was seen in a run of the play; one that was not reached has none. */
export function tablesOf(runs: readonly PlayedRun[]): XssTables {
  const find: Find = (id) => runs.find((run) => run.id === id);
  const wholes = xssPlaces.flatMap(({ id }) => find(`whole ${id}`) ?? []);
  return {
    ways: wholes.map((run) => row(run, [...xssWays, "acts"], (way) => ofWay(run, way))),
    verdicts: wholes.map((run) => row(run, consequences, (each) => ofConsequence(run, each))),
    injections: injections.map((injection) =>
      rowOf(injection, pageDefences, (defence) => ofInjection(find(injectionRun(injection, defence)))),
    ),
    defences: defendedPlaces.map(({ id }) => rowOf(id, leavingIds, (defence) => against(find, id, defence))),
    outlives: wholes.flatMap(outliving),
  };
}

type Find = (id: string) => PlayedRun | undefined;

/** What is tried at every place: what it leaves of the attack. */
export const leavingIds = [
  ...[
    "none",
    "encoding",
    "csp",
    "trusted-types",
    "http-only",
    "refresh-apart",
    "worker",
    "short-exp",
    "reuse-detection",
    "step-up",
  ],
] as const;

const nothing: XssCell = { outcome: "nothing", words: "nothing" };
const stopped: XssCell = { outcome: "stopped", words: "nothing arrives" };
const untried: XssCell = { outcome: "untried", words: "could not be tried" };

function row<Column extends string>(
  run: PlayedRun,
  columns: readonly Column[],
  cell: (column: Column) => XssCell | null,
): XssRow {
  const place = run.id.slice("whole ".length);
  return rowOf(place, columns, (column) => (run.tried ? cell(column) : untried));
}

function rowOf<Column extends string>(
  place: string,
  columns: readonly Column[],
  cell: (column: Column) => XssCell | null,
): XssRow {
  return {
    place,
    cells: Object.fromEntries(
      columns.flatMap((id) => {
        const found = cell(id);
        return found ? [[id, found]] : [];
      }),
    ),
  };
}

const isIn = ({ status }: { readonly status: number }) => status >= 200 && status < 300;

/** A credential that the thief could not use elsewhere is no success. */
function lootOf({ loot }: PlayedRun, ways: readonly string[], logins: readonly number[] = [1]) {
  return loot.filter(({ way, login }) => ways.includes(way) && logins.includes(login));
}

function ofWay(run: PlayedRun, way: XssWay | "acts"): XssCell {
  if (way === "acts") return acted(run, "open");
  const [found] = lootOf(run, [way], way === "stays" ? [2] : [1]);
  if (found)
    return used(run, { outcome: "succeeds", words: `${names(run, found.got)}, by ${found.arrived}` }, found.got);
  if (way !== "stays") return nothing;
  // The frame had nothing to read, and acts in the next login as in the first.
  const again = run.acts.filter(({ after, status }) => after === "open" && isIn({ status })).length > 1;
  return again ? { outcome: "succeeds", words: "acts in the next login" } : nothing;
}

/** What was stolen is tried elsewhere while the login lives: loot that no server takes is no success. */
function used({ replays }: PlayedRun, cell: XssCell, got: readonly Stolen[]): XssCell {
  if (!got.includes("access")) return cell;
  const tried = replays.find(({ after, what }) => after === "open" && what === "access");
  if (tried && isIn(tried)) return cell;
  if (tried && saysNothing(tried)) return untried;
  return { outcome: "refused", words: tried?.code ?? "not used" };
}

function acted({ acts }: PlayedRun, when: After): XssCell {
  const found = acts.find(({ after }) => after === when);
  if (!found) return nothing;
  if (saysNothing(found)) return untried;
  return isIn(found) ? { outcome: "succeeds", words: "a coin is gone" } : { outcome: "refused", words: codeOf(found) };
}

const codeOf = ({ code, status }: Pick<Act | Replay, "code" | "status">) => code ?? String(status);

/** What the place calls them. A refresh token that the thief could not renew with is a copy, and no more. */
function names({ id, replays }: Pick<PlayedRun, "id" | "replays">, got: readonly Stolen[]): string {
  const inCookie = /(?:readable|cookie)$/.test(id) || !id.includes("memory-jwt/");
  const words = { access: inCookie ? "cookie" : "access token", refresh: "refresh token", password: "password" };
  const isRenewed = replays.some(
    ({ what, after, status }) => what === "refresh" && after === "open" && isIn({ status }),
  );
  return got
    .map((each) => (each === "refresh" && !isRenewed ? `${words[each]} (copied, not used)` : words[each]))
    .join(" and ");
}

const credentials = (run: PlayedRun, ways: readonly string[], logins?: readonly number[]) => [
  ...new Set(lootOf(run, ways, logins).flatMap(({ got }) => got.filter((each) => each !== "password"))),
];

const consequenceLoot: Readonly<
  Record<Exclude<Consequence, "acting">, readonly [ways: readonly string[], logins: readonly number[]]>
> = {
  single: [["reads", "wraps"], [1]],
  persistent: [
    ["reads", "wraps", "stays"],
    [2, 3],
  ],
  "new-tokens": [["refreshes"], [1]],
};

function ofConsequence(run: PlayedRun, consequence: Consequence): XssCell {
  if (consequence === "acting") return acted(run, "open");
  const got = credentials(run, ...consequenceLoot[consequence]);
  return got.length > 0 ? used(run, { outcome: "succeeds", words: names(run, got) }, got) : nothing;
}

function ofInjection(run: PlayedRun | undefined): XssCell | null {
  if (!run) return null;
  if (!run.tried) return untried;
  if (run.loot.some(({ way }) => way === "markup")) return { outcome: "succeeds", words: "the password arrives" };
  return run.loot.length > 0 ? { outcome: "succeeds", words: "the script runs" } : stopped;
}

/** What is left of the attack, in the order in which it is worst. */
function leftOf(run: PlayedRun): readonly string[] {
  const copied = credentials(run, ["reads", "wraps"]);
  const renewed = credentials(run, ["refreshes"]);
  return [
    ...(copied.length > 0 ? [`a copy of the ${names(run, copied)}`] : []),
    ...(renewed.length > 0 ? ["tokens of its own"] : []),
    ...(run.acts.some((act) => act.after === "open" && isIn(act)) ? ["acting"] : []),
    ...(lootOf(run, ["password", "markup"]).length > 0 ? ["the password"] : []),
  ];
}

function left(run: PlayedRun | undefined, before: PlayedRun | undefined): XssCell | null {
  if (!run || !before) return null;
  if (!run.tried || !before.tried) return untried;
  const now = leftOf(run);
  const gone = leftOf(before).filter((each) => !now.includes(each));
  const cell: XssCell = now.length > 0 ? { outcome: "succeeds", words: now.join(", ") } : stopped;
  return gone.length > 0 ? { ...cell, gone: gone.join(", ") } : cell;
}

const cannot = (words: string): XssCell => ({ outcome: "cannot", words });

function against(find: Find, place: string, defence: (typeof leavingIds)[number]): XssCell | null {
  const before = find(`whole ${place}`);
  if (!before) return null;
  const by: Readonly<Record<(typeof leavingIds)[number], () => XssCell | null>> = {
    none: () => left(before, before),
    encoding: () => left(find(`encoding ${place}`), before),
    csp: () => left(find(`csp ${place}`), before),
    "trusted-types": () => left(find(`trusted-types ${place}`), before),
    "http-only": () =>
      place.endsWith(" readable")
        ? left(find(`whole ${place.replace(" readable", "")}`), before)
        : cannot(place === "server-session/sql" ? "it is on" : "no cookie has it"),
    "refresh-apart": () =>
      place === "memory-jwt/local-storage"
        ? left(find("whole memory-jwt/session-storage"), before)
        : cannot(place.startsWith("memory-jwt/") ? "it is out of reach" : "there is none"),
    worker: () => (has(heldPlaces, place) ? left(find(`worker ${place}`), before) : cannot("no script holds it")),
    "short-exp": () => (has(heldPlaces, place) ? shortened(find(`short ${place}`), before) : cannot("it has no exp")),
    "reuse-detection": () =>
      place === "memory-jwt/local-storage" ? reused(find(`reuse ${place}`)) : cannot("the script finds none"),
    "step-up": () => steppedUp(find(`step-up ${place}`)),
  };
  return by[defence]();
}

const has = (places: readonly { readonly id: string }[], place: string) => places.some(({ id }) => id === place);

/** The copy is used at once, and again when its `exp` has passed. */
function shortened(run: PlayedRun | undefined, before: PlayedRun | undefined): XssCell | null {
  const cell = left(run, before);
  const late = run?.replays.find(({ after, what }) => after === "time" && what === "access");
  return cell && late && !isIn(late) ? { ...cell, gone: `the copied token, 16 s later: ${codeOf(late)}` } : cell;
}

/** The thief renews first and then the owner; then the thief again. */
function reused(run: PlayedRun | undefined): XssCell | null {
  if (!run) return null;
  const [first, second] = run.replays.filter(({ what }) => what === "refresh");
  if (!run.tried || !first || !second) return untried;
  return isIn(second)
    ? { outcome: "succeeds", words: "renews on" }
    : { outcome: "refused", words: codeOf(second), gone: "the refresh token, once alice renews too" };
}

/** More than a small amount wants the password again. The script waited for it. */
function steppedUp(run: PlayedRun | undefined): XssCell | null {
  if (!run) return null;
  if (!run.tried) return untried;
  const [first, second] = run.acts.filter(({ after }) => after === "time");
  if (!first) return stopped;
  const gone = isIn(first) ? {} : { gone: `large amounts: ${codeOf(first)}` };
  return second && isIn(second)
    ? { outcome: "succeeds", words: "goes on with the password", ...gone }
    : { outcome: isIn(first) ? "succeeds" : "refused", words: codeOf(second ?? first), ...gone };
}

const events = ["open", "tab", "logout", "revocation"] as const satisfies readonly After[];

/** A row for each thing that was stolen, and for the script itself where it could only act. */
function outliving(run: PlayedRun): readonly XssRow[] {
  const stolen = (["access", "refresh", "password"] as const).filter((what) =>
    run.replays.some((each) => each.what === what),
  );
  const rows = stolen.map((what) => ({
    ...row(run, events, (after) => replayed(run, what, after)),
    place: `${run.id.slice("whole ".length)} ${what}`,
  }));
  const acting = row(run, ["open", "logout", "revocation"], (after) => acted(run, after));
  return stolen.some((what) => what !== "password") ? rows : [...rows, { ...acting, place: `${acting.place} acting` }];
}

/** `null`: it was not used then. A refresh token is used once, and a password is not tried while its owner is in. */
function replayed({ replays }: PlayedRun, what: Stolen, when: After): XssCell | null {
  const found = replays.find((each) => each.what === what && each.after === when);
  if (!found) return null;
  if (saysNothing(found)) return untried;
  return isIn(found) ? { outcome: "succeeds", words: "gets in" } : { outcome: "refused", words: codeOf(found) };
}
