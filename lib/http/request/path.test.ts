import fc from "fast-check";
import { expect, test } from "vitest";
import { pathOf } from "./path.ts";

test("the path of a request's URL is what a URL parser reads", () => {
  const piece = fc.oneof(
    fc.webPath(),
    fc.constantFrom("", "/", "//", "/a/../b", "/%2f", "/a?b=/c", "/a#/b", "/?/", "/a?#", "/a@b:c"),
  );
  fc.assert(
    fc.property(
      fc.constantFrom("http://localhost:3000", "https://u:p@login.example", "http://[::1]:80"),
      piece,
      (origin, path) => {
        const { href, pathname } = new URL(`${origin}${path}`);
        expect(pathOf(href)).toBe(pathname);
      },
    ),
  );
});
