import { expect, test } from "vitest";
import { securityText } from "./security-text.ts";

const startedAt = Date.parse("2026-01-01T00:00:00Z");

test("security.txt has the contact, an Expires 180 days after the start, and its own address", () => {
  const given = { SECURITY_CONTACT: "mailto:security@login.example", origin: "https://login.example" };
  expect(securityText(given, startedAt)).toBe(
    [
      "Contact: mailto:security@login.example",
      "Expires: 2026-06-30T00:00:00.000Z",
      "Preferred-Languages: en",
      "Canonical: https://login.example/.well-known/security.txt",
      "",
    ].join("\n"),
  );
});

test("without a contact there is no security.txt", () => {
  expect(securityText({ SECURITY_CONTACT: undefined, origin: "https://login.example" }, startedAt)).toBeNull();
});
