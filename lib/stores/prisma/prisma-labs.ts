import type { Clock, Duration } from "../../core/time.ts";
import { withPlace } from "../../lab/cookies/cookie-place.ts";
import { madeUntil, rotated } from "../../lab/key-ring.ts";
import { type Lab, type Labs, labClock } from "../../lab/lab.ts";
import { changed, type LabSettings } from "../../lab/lab-settings.ts";
import { columns } from "./columns.ts";
import { type Lab as LabRow, Prisma } from "./generated/client.ts";
import { labOf } from "./lab-rows.ts";
import { personColumns } from "./person-rows.ts";
import { readerOf, type SqlAccess } from "./reads.ts";

type PrismaLabsOptions = SqlAccess & {
  /** The system's clock. */
  readonly clock: Clock;
  /** The longest life of what a key makes under these settings. */
  readonly longestLife: (settings: LabSettings) => Duration;
};

export function createPrismaLabs({ client, read, clock, longestLife }: PrismaLabsOptions): Labs {
  const rows = readerOf({ client, read });
  const nowIn = (lab: Lab) => labClock(clock, lab.clockOffset).now();

  async function find(id: string) {
    const [row] = await rows<LabRow>(Prisma.sql`SELECT ${columns.lab} FROM "Lab" WHERE "id" = ${id}`);
    return row ? labOf(row) : null;
  }

  /** Changes a lab if it is still as it was read; if another request changed it in between, reads it again. */
  async function change(id: string, next: (lab: Prisma.LabModel) => Prisma.LabUpdateManyMutationInput | null) {
    for (;;) {
      const lab = await client.lab.findUnique({ where: { id } });
      if (!lab) throw new Error(`There is no lab ${id}`);
      const data = next(lab);
      if (!data) return labOf(lab);
      const { clockOffset, keyGeneration, acceptedKeys, enabled, settings, cookiePlaces } = lab;
      const where = { id, clockOffset, keyGeneration, acceptedKeys, enabled, settings, cookiePlaces };
      const [changed] = await client.lab.updateManyAndReturn({ where, data });
      if (changed) return labOf(changed);
    }
  }

  return {
    find,

    async open(id, { salt, enabled, createdAt, expiresAt, people }) {
      const known = await find(id);
      if (known) return known;
      // In one transaction, so that no reader sees a lab without its people. A second creation has no effect.
      const end = expiresAt === null ? null : BigInt(expiresAt);
      await client.$transaction([
        client.$executeRaw`
          INSERT INTO "Lab" ("id", "salt", "enabled", "createdAt", "expiresAt")
          VALUES (${id}, ${salt}, ${JSON.stringify(enabled)}, ${BigInt(createdAt)}, ${end})
          ON CONFLICT ("id") DO NOTHING`,
        ...people.map((person) => {
          const { username, displayName, role, passwordHash } = personColumns(person, id, person.id);
          return client.$executeRaw`
            INSERT INTO "User" ("labId", "id", "username", "displayName", "role", "passwordHash")
            VALUES (${id}, ${person.id}, ${username}, ${displayName}, ${role}, ${passwordHash})
            ON CONFLICT ("labId", "username") DO NOTHING`;
        }),
      ]);
      // Unless it was removed meanwhile.
      return (await find(id)) ?? this.open(id, { salt, enabled, createdAt, expiresAt, people });
    },

    async advanceClock(id, by, bound) {
      if (by < 0) throw new RangeError("A lab's clock only moves forward");
      const [changed] = await client.lab.updateManyAndReturn({
        where: { id, clockOffset: { lte: BigInt(bound) - BigInt(by) } },
        data: { clockOffset: { increment: BigInt(by) } },
      });
      return changed ? labOf(changed) : null;
    },

    async rotateKeys(id, overlap) {
      let tooMany = false;
      const lab = await change(id, (row) => {
        const before = labOf(row);
        const ring = rotated(before, { overlap, now: nowIn(before), life: longestLife(before.settings) });
        tooMany = ring === null;
        return ring && { keyGeneration: ring.keyGeneration, acceptedKeys: JSON.stringify(ring.acceptedKeys) };
      });
      return tooMany ? null : lab;
    },

    enable: (id, variant) =>
      change(id, (row) => {
        const { enabled } = labOf(row);
        return enabled.includes(variant) ? null : { enabled: JSON.stringify([...enabled, variant]) };
      }),

    changeSettings: (id, asked) =>
      change(id, (row) => {
        const before = labOf(row);
        const settings = changed(before.settings, asked);
        const life = longestLife(before.settings);
        // What the newest key made lives on, longer than what it makes from now on.
        const outlived = longestLife(settings) < life && madeUntil(before, nowIn(before), life);
        return { settings: JSON.stringify(settings), ...(outlived && { acceptedKeys: JSON.stringify(outlived) }) };
      }),

    rememberPlace: (id, place) =>
      change(id, (row) => {
        const next = withPlace(labOf(row).cookiePlaces, place);
        return next && { cookiePlaces: JSON.stringify(next) };
      }),

    async remove(id) {
      await client.lab.deleteMany({ where: { id } });
    },

    async accepting(variants) {
      // `enabled` is a list in JSON, and an id of a variant has no character that JSON escapes.
      const each = variants.map((id) => ({ enabled: { contains: JSON.stringify(id) } }));
      return (await client.lab.findMany({ where: { OR: each } })).map(labOf);
    },

    async sweep(now) {
      const expired = { expiresAt: { lte: BigInt(now) } };
      const rows = await client.lab.findMany({ where: expired, select: { id: true } });
      const ids = rows.map(({ id }) => id);
      // Unless one was made anew meanwhile.
      if (ids.length > 0) await client.lab.deleteMany({ where: { id: { in: ids }, ...expired } });
      return ids;
    },
  };
}
