import { expect, test } from "vitest";
import { objectionTo } from "./password-rules.ts";

test("[ASVS 6.2.1] [NIST 3.1.1.2 length: cannot] fewer than eight characters are too short, and eight are enough", () => {
  for (const short of ["", "1", "tea cup", "😀😀😀😀", "😀".repeat(7), "e\u0301".repeat(7)])
    expect(objectionTo(short)).toBe("must have at least 8 characters.");
  for (const enough of ["tea cups", "😀".repeat(8), "é".repeat(8)]) expect(objectionTo(enough)).toBeNull();
});

test("[ASVS 6.2.4] [NIST 3.1.1.2 blocklist] common passwords are refused in any spelling", () => {
  for (const common of ["password123", "qwertyuiop", "11111111", "iloveyou", "Password1", "TRUSTNO1"]) {
    expect([common, objectionTo(common)]).toEqual([common, "is one of the passwords that everybody tries first."]);
  }
});

test("[ASVS 6.2.5] [NIST 3.1.1.2 composition] there are no rules of composition", () => {
  for (const plain of [
    "teacupsandsaucers",
    "TEACUPSANDSAUCERS",
    "830174659201",
    "        ",
    "тёплый чай",
    "🫖🫖🫖🫖🫖🫖🫖🫖",
  ]) {
    expect([plain, objectionTo(plain)]).toEqual([plain, null]);
  }
});

test("[ASVS 6.2.9] [NIST 3.1.1.2 composition] long passwords are accepted", () => {
  for (const length of [64, 128, 256]) expect(objectionTo("tea cup ".repeat(length / 8))).toBeNull();
});

test("[ASVS 6.2.11: cannot] a word of this application is accepted as a password", () => {
  for (const wish of ["loginscope", "alice-loginscope"]) expect(objectionTo(wish)).toBeNull();
});
