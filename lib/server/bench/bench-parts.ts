import { channel, tracingChannel } from "node:diagnostics_channel";
import { cpuUsage } from "node:process";
import { createArgon2Passwords, type Passwords } from "../../adapters/argon2-passwords.ts";
import type { BenchProcess } from "../../features/bench/bench-process.ts";
import type { RoundTrips } from "../../features/bench/model.ts";
import { statementChannel } from "../../stores/prisma/sqlite-client.ts";
import type { InsideCall } from "../inside-call.ts";

/** What the bench sees of this process, and the two parts of the composition that it looks through. */
export type BenchParts = {
  readonly process: BenchProcess;
  readonly passwords: Passwords;
  readonly call: InsideCall;
};

export function benchParts(
  parts: Pick<BenchProcess, "reads"> & { readonly hashing: Passwords | undefined; readonly call: InsideCall },
): BenchParts {
  const { passwords, quickly } = quickPasswords(parts.hashing ?? createArgon2Passwords());
  let spent = 0;
  return {
    passwords,
    async call(path, init) {
      const began = performance.now();
      try {
        return await parts.call(path, init);
      } finally {
        spent += performance.now() - began;
      }
    },
    process: {
      reads: parts.reads,
      quickly,
      cpu() {
        const { user, system } = cpuUsage();
        return user + system;
      },
      takeInner() {
        const taken = spent * 1000;
        spent = 0;
        return taken;
      },
      countTrips,
    },
  };
}

/**
 * Thousands of logins are made ready for the measure of cold credentials, and nothing of them is timed: meanwhile a
 * password that was right once is right without its hash.
 */
function quickPasswords(hashing: Passwords): { passwords: Passwords } & Pick<BenchProcess, "quickly"> {
  // Bounded: by the people of the bench, and only in a process that is measured.
  const right = new Set<string>();
  let isQuick = false;
  return {
    passwords: {
      ...hashing,
      async verify(hash, password) {
        const pair = `${hash} ${password}`;
        if (isQuick && right.has(pair)) return true;
        const isRight = await hashing.verify(hash, password);
        if (isRight && isQuick) right.add(pair);
        return isRight;
      },
    },
    async quickly(work) {
      isQuick = true;
      try {
        return await work();
      } finally {
        isQuick = false;
        right.clear();
      }
    },
  };
}

/** The channels of both drivers cost something while somebody listens: only these requests are counted, and not timed. */
async function countTrips(work: () => Promise<void>): Promise<RoundTrips> {
  const trips = { statements: 0, commands: 0 };
  const hearStatement = () => {
    trips.statements += 1;
  };
  const hearCommand = () => {
    trips.commands += 1;
  };
  const statements = channel(statementChannel);
  const commands = tracingChannel("node-redis:command").start;
  statements.subscribe(hearStatement);
  commands.subscribe(hearCommand);
  try {
    await work();
  } finally {
    statements.unsubscribe(hearStatement);
    commands.unsubscribe(hearCommand);
  }
  return trips;
}
