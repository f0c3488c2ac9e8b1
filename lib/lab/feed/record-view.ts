import type { VariantId } from "../../core/ids.ts";
import type { PlaceView } from "../store-view.ts";

/** What the server holds of one login, and no credential. Times are ISO 8601 strings on the lab's clock. */
export type RecordView = {
  readonly id: string;
  readonly kind: "session" | "refresh family";
  readonly variant: VariantId;
  readonly username: string;
  /** The hash that is stored instead of the credential. */
  readonly hash: string | null;
  readonly place: PlaceView;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  /** The end if the login is not used again, and the end that use does not move. */
  readonly idleEndsAt: string | null;
  readonly endsAt: string;
  /** Until when a sensitive action needs no password again. */
  readonly elevatedUntil: string;
  readonly device: string;
  /** As it was sent at the login, and its SHA-256: a hash is enough to compare it, and tells nothing of it. */
  readonly userAgent: string;
  readonly userAgentHash: string;
  readonly ip: string;
  /** Also set if the person's version was raised, or the person disabled: the row exists, but its login is refused. */
  readonly ended: { readonly at: string | null; readonly reason: string } | null;
  readonly tokens:
    | readonly { readonly generation: number; readonly createdAt: string; readonly usedAt: string | null }[]
    | null;
};
