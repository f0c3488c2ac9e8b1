import type { FlowManifest } from "../../core/variant.ts";
import type { BenchRow, BesidePeer, Figure, Recording } from "./model.ts";
import { type PeerId, peerOf, peers, timesCheaper } from "./peers.ts";

/**
 * Each peer of a recording beside its variants. A variant is taken with a read cache where it was measured with
 * one.
 */
export function besidePeers(recording: Recording, manifests: readonly FlowManifest[]): readonly BesidePeer[] {
  const variants = manifests.flatMap((manifest) => manifest.variants);
  return (recording.peers ?? []).map(({ peer, version, overHttp: { added } }) => {
    const { title, keeps } = peers[peer as PeerId];
    const own = variants.flatMap(({ id, title: name }) => {
      const measured = peerOf(id) === peer ? addedBy(recording.rows, id) : null;
      return measured ? [{ variant: id, title: name, added: measured, ...judged(measured, added) }] : [];
    });
    return { title, version, keeps, added, variants: own };
  });
}

function addedBy(rows: readonly BenchRow[], variant: BenchRow["variant"]): Figure | null {
  const of = (condition: BenchRow["condition"]) =>
    rows.find((row) => row.variant === variant && row.condition === condition)?.overHttp?.added;
  return of("read-cache") ?? of("usual") ?? null;
}

function judged(own: Figure, peers: Figure): Pick<BesidePeer["variants"][number], "times" | "verdict"> {
  if (own.median <= 0) return { times: null, verdict: "reached" };
  const times = peers.median / own.median;
  return { times, verdict: times >= timesCheaper ? "reached" : "missed" };
}
