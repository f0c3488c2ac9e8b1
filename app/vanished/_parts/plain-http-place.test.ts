import { expect, test } from "vitest";
import { plainHttpPlace } from "./plain-http-place.ts";

const served = { PORT: 3000, origin: "http://localhost:3000", labMode: true };
const inside = "10.0.0.7";

test("the loss over plain http is linked to at this machine's address in its network", () => {
  expect(plainHttpPlace(served, inside)).toEqual({ href: "http://10.0.0.7:3000/vanished" });
});

test.for([
  ["outside lab mode", { ...served, labMode: false }, inside],
  ["over https", { ...served, origin: "https://lab.example" }, inside],
  ["without a network", served, null],
] as const)("no page names an address of this machine %s", ([, application, address]) => {
  expect(plainHttpPlace(application, address)).toEqual({ why: expect.stringMatching(/\.$/) });
});
