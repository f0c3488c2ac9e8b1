import { expect, test } from "vitest";
import { z } from "zod";
import { readQuery } from "./query.ts";

const query = {
  schema: z.strictObject({ limit: z.coerce.number().int().min(1).max(9).default(5) }),
  wanted: "limit: 1 to 9.",
};
const read = (search: string) => readQuery(query, new Request(`http://lab.example/api/audit${search}`));

test("a parameter is read as its schema wants it, or refused with what is wanted", () => {
  expect(read("?limit=2")).toEqual({ ok: true, value: { limit: 2 } });
  expect(read("")).toEqual({ ok: true, value: { limit: 5 } });
  for (const search of ["?limit=0", "?limit=10", "?limit=1e300", "?limit=x", "?page=1"])
    expect(read(search)).toEqual({ ok: false, code: "UNPROCESSABLE", detail: "limit: 1 to 9." });
});

test("a parameter that is given twice is refused, the same value too", () => {
  for (const search of ["?limit=1&limit=2", "?limit=1&limit=1", "?limit=1&%6cimit=1"])
    expect(read(search)).toMatchObject({ code: "UNPROCESSABLE", detail: "A parameter is given more than once." });
});
