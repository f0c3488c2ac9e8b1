import { expect, test } from "vitest";
import { algorithms } from "./algorithms.ts";

test("[RFC 8725 3.2] tokens are signed by EdDSA, ES256 or HS256 only", () => {
  expect(Object.entries(algorithms).map(([id, { name }]) => [id, name])).toEqual([
    ["EdDSA", "EdDSA"],
    ["ES256", "ES256"],
    ["HS256", "HS256"],
  ]);
});
