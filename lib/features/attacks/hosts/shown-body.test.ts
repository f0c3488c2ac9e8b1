import { expect, test } from "vitest";
import { shownBody } from "./shown-body.ts";

test.for([
  "username=bob&password=secret",
  '{"username":"bob","password":"secret"}',
  '{"password":"secret","username":"bob"',
  "password:secret",
])("%s is shown without its password", (body) => {
  expect(shownBody(body)).not.toContain("secret");
});

test("a body without a password is shown as it is, and no more than its begin", () => {
  expect(shownBody('{"to":"bob","amount":1,"":"="}\r\n')).toBe('{"to":"bob","amount":1,"":"="}\r\n');
  expect(shownBody("a".repeat(1000))).toHaveLength(400);
});
