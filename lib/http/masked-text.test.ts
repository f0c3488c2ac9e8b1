import { expect, test } from "vitest";
import { growth, linear } from "../testing/growth.ts";
import { withoutPasswords, withoutSecrets, withoutTypedNames } from "./masked-text.ts";
import { labCookie } from "./request/lab-cookie.ts";

const form = "application/x-www-form-urlencoded; charset=utf-8";

test("a form is told without the values of what is called secret or password", () => {
  expect(withoutPasswords("a=1&Client_SECRET=x=y&b&my-passwords=z&secret", form)).toBe(
    "a=1&Client_SECRET=•••&b&my-passwords=•••&secret",
  );
});

test("JSON is told without passwords, however deep they are", () => {
  expect(withoutPasswords('{"password":["x"],"in":{"next":"y","name":"z"}}', "application/json")).toBe(
    '{"password":"•••","in":{"next":"•••","name":"z"}}',
  );
});

test("the lab cookie is told by its name alone, as it came or as it is set", () => {
  const { name } = labCookie;
  expect(withoutSecrets("cookie", `a=1; ${name} =x; b=2`)).toBe(`a=1; ${name} =…; b=2`);
  expect(withoutSecrets("set-cookie", `${name}=x; Path=/; Secure`)).toBe(`${name}=…; Path=/; Secure`);
  expect(withoutSecrets("cookie", `${name}; a=${name}`)).toBe(`${name}; a=${name}`);
});

test("a refusal is told without the names that it repeats", () => {
  const detail = (text: string) => JSON.stringify({ detail: text, code: "UNPROCESSABLE" });
  expect(withoutTypedNames(detail('Unrecognized keys: "a\\", "b".'))).toBe(detail("Unrecognized keys: …"));
  expect(withoutTypedNames(detail("value: must be there."))).toBe(detail("value: must be there."));
});

test.for<readonly [string, (size: number) => unknown]>([
  ["a form that speaks of secrets", (size) => withoutPasswords("secret".repeat(size / 6), form)],
  ["a form of many fields", (size) => withoutPasswords("a&".repeat(size / 2), form)],
  ["a cookie that is named again and again", (size) => withoutSecrets("cookie", labCookie.name.repeat(size / 10))],
  ["a cookie followed by blanks", (size) => withoutSecrets("cookie", `${labCookie.name}${" ".repeat(size)}`)],
  ["a refusal that ends in backslashes", (size) => withoutTypedNames(`Unrecognized key: ${"\\".repeat(size)}`)],
])("a text costs no more than its length: %s", ([, run]) => {
  expect(growth(run, 2048)).toBeLessThan(linear);
});
