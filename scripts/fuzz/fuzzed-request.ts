import fc, { type Arbitrary } from "fast-check";
import {
  type ArbitraryRequest,
  arbitraryRequest,
  type CapturedCredentials,
} from "../../lib/testing/arbitrary-request.ts";
import { exampleBody } from "../../lib/testing/example-body.ts";
import type { DocumentedOperation } from "./interface-document.ts";

/** One request as it is written on the socket. */
export type FuzzedRequest = Omit<ArbitraryRequest, "param"> & {
  /** The operation that it is aimed at; its own method may be another. */
  readonly aim: DocumentedOperation;
  /** Path and query, as they stand in the first line. */
  readonly address: string;
};

/** Requests to any of these operations, from nearly right to absurd, with credentials that came from the server. */
export function fuzzedRequest(
  operations: readonly DocumentedOperation[],
  loot: CapturedCredentials,
): Arbitrary<FuzzedRequest> {
  const query = fc.oneof(
    { weight: 6, arbitrary: fc.constant("") },
    fc.webQueryParameters().map((text) => `?${text}`),
    fc.constantFrom(
      "?",
      "?limit=1e9",
      "?limit=-1",
      "?before=%ff",
      "?limit=1&limit=2",
      "?__proto__=1",
      `?a=${"x".repeat(5000)}`,
    ),
  );
  const slip = fc.oneof(
    { weight: 30, arbitrary: fc.constant("") },
    fc.constantFrom("/", "//", "/..", "/%2e%2e", "%00", "%ff", ";x", "/more"),
  );
  return fc.constantFrom(...operations).chain((aim) => {
    const example = exampleBody(aim.path.replace("/api/", "").replace(/\{(\w+)\}/g, ":$1"), aim.method) ?? {};
    return fc
      .tuple(arbitraryRequest(aim.method, example, loot), slip, query)
      .map(([{ param, ...request }, end, asked]) => ({
        ...request,
        aim,
        address: `${aim.path.replace(/\{\w+\}/g, () => param)}${end}${asked}`,
      }));
  });
}
