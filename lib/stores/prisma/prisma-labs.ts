import type { Random } from "../../core/ports.ts";
import type { Clock } from "../../core/time.ts";
import type { Labs } from "../../lab/lab.ts";
import { changed } from "../../lab/lab-settings.ts";
import type { Prisma, PrismaClient } from "./generated/client.ts";
import { labOf, settingsOf } from "./lab-rows.ts";
import { personColumns } from "./person-rows.ts";

type PrismaLabsOptions = {
  readonly client: PrismaClient;
  /** Makes the ids of people. */
  readonly random: Random;
  /** The system's clock. */
  readonly clock: Clock;
};

export function createPrismaLabs({ client, random, clock }: PrismaLabsOptions): Labs {
  async function find(id: string) {
    const row = await client.lab.findUnique({ where: { id } });
    return row && labOf(row);
  }

  /** Changes a lab if it is still as it was read; if another request changed it in between, reads it again. */
  async function change(id: string, next: (lab: Prisma.LabModel) => Prisma.LabUpdateManyMutationInput | null) {
    for (;;) {
      const lab = await client.lab.findUnique({ where: { id } });
      if (!lab) throw new Error(`There is no lab ${id}`);
      const data = next(lab);
      if (!data) return labOf(lab);
      const { keyGeneration, enabled, settings } = lab;
      const [changed] = await client.lab.updateManyAndReturn({ where: { id, keyGeneration, enabled, settings }, data });
      if (changed) return labOf(changed);
    }
  }

  return {
    find,

    async open(id, { salt, enabled, expiresAt, people }) {
      const known = await find(id);
      if (known) return known;
      // In one transaction, so that no reader sees a lab without its people. A second creation has no effect.
      const [row] = await client.$transaction([
        client.lab.upsert({
          where: { id },
          create: {
            ...{ id, salt, enabled: JSON.stringify(enabled) },
            createdAt: BigInt(clock.now()),
            expiresAt: expiresAt === null ? null : BigInt(expiresAt),
          },
          update: { keyGeneration: { increment: 0 } },
        }),
        ...people.map((person) =>
          client.user.upsert({
            where: { labId_username: { labId: id, username: person.username } },
            create: personColumns(person, id, random),
            update: { username: person.username },
          }),
        ),
      ]);
      return labOf(row);
    },

    async advanceClock(id, by, bound) {
      if (by < 0) throw new RangeError("A lab's clock only moves forward");
      const [changed] = await client.lab.updateManyAndReturn({
        where: { id, clockOffset: { lte: BigInt(bound) - BigInt(by) } },
        data: { clockOffset: { increment: BigInt(by) } },
      });
      return changed ? labOf(changed) : null;
    },

    rotateKeys: (id, overlap) =>
      change(id, (row) => {
        const { keyGeneration, acceptedKeys } = labOf(row);
        const next = keyGeneration + 1;
        return { keyGeneration: next, acceptedKeys: JSON.stringify(overlap ? [...acceptedKeys, next] : [next]) };
      }),

    enable: (id, variant) =>
      change(id, (row) => {
        const { enabled } = labOf(row);
        return enabled.includes(variant) ? null : { enabled: JSON.stringify([...enabled, variant]) };
      }),

    changeSettings: (id, asked) =>
      change(id, (row) => ({ settings: JSON.stringify(changed(settingsOf(row.settings), asked)) })),

    async remove(id) {
      await client.lab.deleteMany({ where: { id } });
    },

    async sweep(now) {
      const { count } = await client.lab.deleteMany({ where: { expiresAt: { lte: BigInt(now) } } });
      return count;
    },
  };
}
