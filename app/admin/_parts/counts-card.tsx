import type { CleanUpView, CountsView, LiveCount } from "@/lib/features/admin/model.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { Card } from "../../_ui/card.tsx";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { SystemMoment } from "../../_ui/lab-time.tsx";
import { EmptyNote } from "../../_ui/pane.tsx";

type CountsCardProps = {
  readonly counts: CountsView | null;
  readonly flows: readonly Pick<FlowInfo, "id" | "title" | "stores">[];
};

/** The number of live records of this lab on the server. */
export function CountsCard({ counts, flows }: CountsCardProps) {
  return (
    <Card title="Live on the server" label="Live on the server" note="of this lab">
      {counts === null && <EmptyNote>Not counted yet.</EmptyNote>}
      {counts && (
        <>
          <dl className="grid grid-cols-[1fr_auto] text-13">
            {counts.live.map((each) => (
              <div key={`${each.flow} ${each.kind} ${each.store}`} className={row} data-flow={each.flow}>
                <dt className="flex items-center gap-2">
                  <FlowIcon flow={each.flow} />
                  <span>
                    {titleOf(each, flows)} <span className="text-xs text-dim">{placeOf(each, flows)}</span>
                  </span>
                </dt>
                <dd className={figure}>{each.count ?? <span className="text-refused">no answer</span>}</dd>
              </div>
            ))}
            <Line name="Denied tokens" value={counts.deniedTokens} />
            <Line name="People" value={counts.people} />
          </dl>
          <LastCleanUp cleanUp={counts.cleanUp} />
          <Overloaded count={counts.overloaded} />
        </>
      )}
    </Card>
  );
}

const row = "col-span-2 grid grid-cols-subgrid items-center border-t border-line py-1.25 first:border-0";
const figure = "figures text-right font-mono";

function Line({ name, value }: { name: string; value: number }) {
  return (
    <div className={row}>
      <dt>{name}</dt>
      <dd className={figure}>{value}</dd>
    </div>
  );
}

const kinds = { session: "sessions", "refresh family": "refresh families", "payment session": "payment sessions" };

function titleOf({ flow }: LiveCount, flows: CountsCardProps["flows"]): string {
  return flows.find(({ id }) => id === flow)?.title ?? flow;
}

function placeOf({ flow, kind, store }: LiveCount, flows: CountsCardProps["flows"]): string {
  return `${kinds[kind]} in ${flows.find(({ id }) => id === flow)?.stores[store]?.title ?? store}`;
}

function LastCleanUp({ cleanUp }: { cleanUp: CleanUpView | null }) {
  if (!cleanUp) {
    return <p className="mt-2.5 text-xs text-dim">No clean-up has run yet. The server cleans up every five minutes.</p>;
  }
  const { at, labs, records, families, deniedTokens } = cleanUp;
  const parts = [`${labs} labs`, `${records} records`, `${families} refresh families`, `${deniedTokens} denied tokens`];
  return (
    <p className="mt-2.5 text-xs text-dim">
      Last clean-up at <SystemMoment at={at} />, of all labs: {parts.join(", ")} deleted.
    </p>
  );
}

/** Said also where there was none: it is what an admin of a slow server looks for. */
function Overloaded({ count }: { count: number }) {
  return (
    <p className="mt-1 text-xs text-dim">
      {count === 0 ? "No password was" : count === 1 ? "One password was" : `${count} passwords were`} refused as{" "}
      <code>OVERLOADED</code> since the server started, in all labs.
    </p>
  );
}
