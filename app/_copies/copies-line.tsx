import type { FlowId } from "@/lib/core/ids.ts";
import type { CopiesView } from "@/lib/lab/feed/copies-view.ts";

/** In one line: whether the copies of this browser's last login still get in. Nothing before a plug. */
export function CopiesLine({ copies: { copies }, flow }: { copies: CopiesView; flow: FlowId }) {
  const own = copies.filter((copy) => copy.flow === flow && !copy.earlier && !copy.onPhone && copy.plugs.length > 0);
  if (own.length === 0 || own.some(({ verdict }) => verdict === null)) return null;
  const alarming = own.filter(({ alarm }) => alarm);
  const one = own.length === 1;
  if (alarming.length === 0) {
    const inside = own.some(({ verdict }) => verdict?.accepted);
    return (
      <p className="mt-1 text-dim">
        {one ? "the copy" : "the copies"}: {inside ? "in, with the role of now" : "refused"}
      </p>
    );
  }
  const which = one
    ? "the copy"
    : alarming.length === own.length
      ? "every copy"
      : `${alarming.length} of ${own.length} copies`;
  return <p className="mt-1 font-semibold text-refused">{which}: STILL IN</p>;
}
