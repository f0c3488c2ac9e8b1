import { createHash } from "node:crypto";
import type { FlowModule } from "../../core/flow.ts";
import type { LoginRecord, RefreshFamily, RefreshToken } from "../../core/record.ts";
import type { StoreName } from "../../core/settings.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import type { FlowManifest } from "../../core/variant.ts";
import type { LabContext } from "../../http/application.ts";
import { decodeToken } from "../../http/request/address.ts";
import type { RecordView } from "../../lab/feed/record-view.ts";
import type { PlaceView } from "../../lab/store-view.ts";
import { createPrismaRefreshFamilies } from "../../stores/prisma/prisma-refresh-families.ts";
import { createPrismaUsers } from "../../stores/prisma/prisma-users.ts";
import type { Foundation } from "../foundation.ts";
import { keepersOf } from "../stores.ts";

const shown = 12;

type HeldRecords = {
  readonly records: readonly RecordView[] | null;
  /** The stores that did not answer. */
  readonly unanswered: readonly StoreName[];
  /** The names of files that could not be read and were set aside. */
  readonly setAside: readonly string[];
  /** The record of a credential, live or ended. */
  recordIdOf(credential: string): string | null;
};

const nothing: HeldRecords = { records: [], unanswered: [], setAside: [], recordIdOf: () => null };

/**
 * The server's records for one flow of a lab, newest first, from every store that the lab's variants use; `null` for a
 * flow without records.
 */
export async function heldRecords(
  { database, stores, passwords }: Foundation,
  context: LabContext,
  { manifest }: FlowModule,
  names: ReadonlyMap<string, string>,
): Promise<HeldRecords> {
  if (!manifest.variants.some(({ settings }) => "store" in settings)) return { ...nothing, records: null };
  if (!context.hasRow) return nothing;
  const place = { ...database, labId: context.lab.id, flow: manifest.id };
  const users = createPrismaUsers({ ...place, passwords });
  const unanswered: StoreName[] = [];
  const inEachStore = await Promise.all(
    storesOf(context, manifest).map(async (store) => {
      const held = await stores.records({ store }, context.lab, manifest.id).held(shown).catch(unlessDown);
      if (held === null) unanswered.push(store);
      return held?.map((record) => ({ ...record, store })) ?? [];
    }),
  );
  const aside = await Promise.all(
    storesOf(context, manifest).map((store) => stores.setAside(store, context.lab, manifest.id).catch(unlessDown)),
  );
  const records = inEachStore
    .flat()
    .sort((a, b) => b.createdAt - a.createdAt)
    .slice(0, shown);
  const places = new Map(
    await Promise.all(
      records.map(
        async (each) =>
          [each.id, await stores.place(each.store, context.lab, manifest.id, each).catch(unnamed(each.id))] as const,
      ),
    ),
  );
  const families = await createPrismaRefreshFamilies(place).held(shown);
  const ids = [...new Set([...records, ...families].map(({ userId }) => userId))];
  const owners = new Map(await Promise.all(ids.map(async (id) => [id, await users.find(id)] as const)));

  const view = (held: LoginRecord | RefreshFamily) => {
    const user = owners.get(held.userId);
    const overtaken =
      !user || user.disabled ? "user disabled" : user.version !== held.userVersion ? "user version raised" : null;
    return {
      id: held.id,
      variant: held.variant,
      username: names.get(held.userId) ?? "",
      createdAt: iso(held.createdAt),
      lastSeenAt: iso(held.lastSeenAt),
      endsAt: iso(held.endsAt),
      elevatedUntil: iso(held.elevatedUntil),
      device: held.device,
      userAgent: held.userAgent,
      userAgentHash: sha256(held.userAgent),
      ip: held.ip,
      ended: held.ended
        ? { at: iso(held.ended.at), reason: held.ended.reason }
        : overtaken
          ? { at: null, reason: overtaken }
          : null,
    };
  };

  return {
    unanswered,
    setAside: aside.flatMap((names) => names ?? []),
    records: [
      ...records.map((each) => ({
        ...view(each),
        kind: "session" as const,
        hash: each.key,
        place: places.get(each.id) ?? { kind: "key" as const, name: each.id, expiresInSeconds: null },
        idleEndsAt: iso(each.idleEndsAt),
        tokens: null,
      })),
      ...families.map((each) => ({
        ...view(each),
        kind: "refresh family" as const,
        hash: each.tokens.at(-1)?.hash ?? null,
        place: {
          kind: "row" as const,
          name: `RefreshFamily ${context.lab.id}, ${manifest.id}, ${each.id}`,
          expiresInSeconds: null,
        },
        idleEndsAt: null,
        tokens: each.tokens.map(viewToken),
      })),
    ],
    recordIdOf(credential) {
      const sid = decodeToken(credential)?.payload["sid"];
      if (typeof sid === "string") return sid;
      const hash = sha256(credential);
      const record = records.find(({ key }) => key === hash);
      const family = families.find(({ tokens }) => tokens.some((token) => token.hash === hash));
      return record?.id ?? family?.id ?? null;
    },
  };
}

/** What remains known of a record whose store stopped answering after it was listed. */
function unnamed(id: string) {
  return (error: unknown): PlaceView => {
    if (error instanceof StoreUnavailable) return { kind: "key", name: id, expiresInSeconds: null };
    throw error;
  };
}

/** `null`: the store does not answer. The rest of the lab is still shown, and the page says so. */
function unlessDown(error: unknown): null {
  if (error instanceof StoreUnavailable) return null;
  throw error;
}

/** The stores of the variants that this lab accepts. */
function storesOf({ lab }: LabContext, { variants }: FlowManifest): readonly StoreName[] {
  return keepersOf(variants.filter(({ id }) => lab.enabled.includes(id)));
}

function viewToken({ generation, createdAt, usedAt }: RefreshToken) {
  return { generation, createdAt: iso(createdAt), usedAt: usedAt === null ? null : iso(usedAt) };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
