import { Prisma } from "./generated/client.ts";

/** Prisma's codes for errors that a store expects. */
const codes = { taken: "P2002", dangling: "P2003" } as const;

/** `taken`: a unique value exists already. `dangling`: the row that it refers to does not exist. */
export function failedAs(error: unknown, kind: keyof typeof codes): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === codes[kind];
}
