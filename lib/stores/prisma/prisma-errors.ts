import { Prisma } from "./generated/client.ts";

/** Prisma's codes for what a store expects to happen. */
const codes = { taken: "P2002", dangling: "P2003" } as const;

/** `taken`: a unique value exists already. `dangling`: what the row would belong to does not exist. */
export function failedAs(error: unknown, kind: keyof typeof codes): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === codes[kind];
}
