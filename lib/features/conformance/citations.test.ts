import { expect, test } from "vitest";
import { requirements } from "./catalogue.ts";
import { citationsIn } from "./citations.ts";

const known = new Set(requirements.map(({ id }) => id));

test.for([
  ["// A list (ASVS 7.4.1).", ["ASVS 7.4.1"]],
  [" * rules of composition (ASVS 6.2.1, 6.2.4, 6.2.5).", ["ASVS 6.2.1", "ASVS 6.2.4", "ASVS 6.2.5"]],
  ["/** As RFC 8725 §3.1, §3.8 say. */", ["RFC 8725 3.1", "RFC 8725 3.8"]],
  ["// NIST SP 800-63B-4 §2.1.3, §2.2.3 and §2.3.3", ["NIST 2.1.3", "NIST 2.2.3", "NIST 2.3.3"]],
  ["// Nobody is tricked into it (NIST 5.1 csrf, WSTG-SESS-05)", ["NIST 5.1 csrf", "WSTG-SESS-05"]],
  ["// RFC 10017 refresh lifetime: never past the first one's end", ["RFC 10017 refresh lifetime"]],
  ["// ASVS 7.4.10 and ASVS 77.4.1 are none", []],
  ['const text = "ASVS 7.4.1";', []],
] as const)("%s", ([line, ids]) => {
  expect(citationsIn(`\n${line}\n`, known)).toEqual(ids.map((id) => ({ line: 2, id })));
});
