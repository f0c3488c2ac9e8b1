import type { Recording } from "@/lib/features/bench/model.ts";

/** How it was measured, when, and on what kind of machine. */
export function BenchFoot({ recording: { at, machine, load, method } }: { readonly recording: Recording }) {
  const { inPlace, overHttp } = method;
  const [before, after] = load;
  return (
    <div className="grid gap-1.5 text-xs text-dim">
      <p>
        Measured on <time dateTime={at}>{at.slice(0, 10)}</time> by <code>npm run bench</code>: {machine.cpu},{" "}
        {machine.cores} cores, Node.js {machine.node}. Load of the machine {before.toFixed(1)} before and{" "}
        {after.toFixed(1)} after
        {before > 1 ? ": it had other work as well, which makes the figures higher." : "."}
      </p>
      <p>
        Over HTTP: a production build under {overHttp.inFlight} requests in flight, {overHttp.rounds} rounds of{" "}
        {overHttp.seconds} s with every variant in turn, each beside a bare route of an application of its own that
        answers the same JSON. CPU of the server’s process by /proc; median, and 95 % interval by bootstrap. A target is
        missed only if the whole interval is.
      </p>
      <p>
        In place: inside that process, from the call of the dispatch to its answer, {inPlace.requests} requests a round,
        medians of {inPlace.rounds} rounds. Hot: the credential was seen before. Cold: {inPlace.logins} logins in turn.
        Redis is judged by its CPU with 16 in flight.
      </p>
    </div>
  );
}
