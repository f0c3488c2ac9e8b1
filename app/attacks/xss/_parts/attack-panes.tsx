import type { HostOrigins } from "@/lib/features/attacks/hosts/model.ts";
import type { JudgedXss, PlayedRun, XssPlaceTold, XssShown } from "@/lib/features/attacks/xss/model.ts";
import { AttackWindow } from "../../_parts/attack-window.tsx";
import { CellWords } from "./cell-words.tsx";
import { SourceLine } from "./source-line.tsx";
import { eventTitles, stolenWord } from "./xss-words.ts";

type PanesProps = Pick<XssShown, "ways" | "injections"> & {
  readonly place: XssPlaceTold;
  readonly play: JudgedXss;
  readonly origins: HostOrigins;
};

/** Cause, what arrived, effect: the page with the script, its loot, and what the thief did with it. */
export function AttackPanes({ ways, injections, place, play, origins }: PanesProps) {
  const run = play.runs.find(({ id }) => id === `whole ${place.id}`);
  const rows = play.tables.outlives.filter((row) => row.place.startsWith(`${place.id} `) && isOf(row.place, place.id));
  return (
    <div className="@container mt-4">
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-5 @4xl:grid-cols-[minmax(0,1.15fr)_minmax(0,1.35fr)_minmax(0,0.9fr)]">
        <AttackWindow title="The page, with a comment" host={hostOf(origins.vulnerable)}>
          <pre className="font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">
            {injections.find(({ id }) => id === "html")?.text}
          </pre>
          <p className="mt-2 text-13">That is all it takes. The script then</p>
          <ul className="mt-1 grid text-13">
            {ways.map(({ id, title, line }) => (
              <li key={id} className="flex min-h-target flex-wrap items-center justify-between gap-x-3">
                {title} <SourceLine line={line} brief />
              </li>
            ))}
          </ul>
        </AttackWindow>
        <AttackWindow title="What arrived at the attacker" host={hostOf(origins.attacker)}>
          {run ? <Arrived run={run} place={place} /> : <NotPlayed />}
        </AttackWindow>
        <AttackWindow title="What the thief does with it" host="elsewhere">
          {rows.length > 0 ? (
            <ul className="grid gap-3">
              {rows.map((row) => (
                <li key={row.place}>
                  <p className="text-13 font-semibold first-letter:uppercase">{stolenWord(kindOf(row.place), place)}</p>
                  <dl className="grid gap-0.5 text-13">
                    {Object.entries(eventTitles).flatMap(([event, title]) => {
                      const cell = row.cells[event];
                      if (!cell || cell.outcome === "untried") return [];
                      return [
                        <div key={event} className="flex flex-wrap justify-between gap-x-3">
                          <dt className="text-dim">{title}</dt>
                          <dd>
                            <CellWords cell={cell} />
                          </dd>
                        </div>,
                      ];
                    })}
                  </dl>
                </li>
              ))}
            </ul>
          ) : (
            <NotPlayed />
          )}
        </AttackWindow>
      </div>
    </div>
  );
}

const kindOf = (row: string) => row.split(" ").at(-1) ?? "";
/** `server-session/sql readable access` is a row of another place than `server-session/sql`. */
const isOf = (row: string, place: string) => row === `${place} ${kindOf(row)}`;

function hostOf(origin: string | null): string {
  return origin === null ? "" : new URL(origin).host;
}

function NotPlayed() {
  return <p className="text-13 text-dim italic">not played yet</p>;
}

/** How the script came by it. */
const ways: Readonly<Record<PlayedRun["loot"][number]["way"], string>> = {
  reads: "from a storage or document.cookie",
  wraps: "from what the page sent",
  refreshes: "by a refresh of its own",
  password: "from the login form",
  stays: "by the frame that it left behind",
  markup: "from a form of the attacker’s",
};

/** The loot in the order of its logins, each with its channel. */
function Arrived({ run, place }: { readonly run: PlayedRun; readonly place: XssPlaceTold }) {
  if (run.loot.length === 0) return <p className="text-13 text-dim">Nothing.</p>;
  return (
    <ul className="grid gap-1.5 text-13">
      {run.loot.map(({ login, way, got, arrived }) => (
        <li key={`${login} ${way}`} className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3">
          <span className="font-mono text-xs leading-5 text-dim">{arrived}</span>
          <span>
            <b className="font-semibold">{got.map((each) => stolenWord(each, place)).join(" and ")}</b>{" "}
            <span className="text-dim">
              {ways[way]}
              {login > 1 && `, in her ${login === 2 ? "second" : "third"} login`}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
