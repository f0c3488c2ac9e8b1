import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { type Outcome, OutcomeLine } from "./outcome-line.tsx";

const drawn = (outcome: Outcome) => renderToStaticMarkup(<OutcomeLine outcome={outcome} />);
const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, "");

test("a logout that could not be made is told with its code, that the login still lives, and that it can be tried again", () => {
  const detail =
    "You are still logged in: the store of this login does not answer, so it was not ended. Try again in a moment.";
  const refused = { asked: "Log out", accepted: false, detail, status: 503, code: "STORE_UNAVAILABLE", retryAt: null };
  expect(textOf(drawn(refused))).toBe(`Log out refused: STORE_UNAVAILABLE 503${detail}`);
});

test("what an action did to several flows is said of each, in its colour, after what was done", () => {
  const each = [
    { flow: "cookie", title: "Cookie", words: "still accepted" },
    { flow: "hybrid", title: "Hybrid", words: "refused REVOKED" },
  ];
  const html = drawn({
    asked: "Restart",
    accepted: true,
    detail: "memory is lost",
    status: 200,
    code: null,
    retryAt: null,
    each,
  });
  expect(textOf(html)).toBe("Restart: memory is lostCookie still acceptedHybrid refused REVOKED");
  for (const { flow, title } of each)
    expect(html).toMatch(new RegExp(`data-flow="${flow}"><span class="[^"]*text-flow[^"]*">${title}`));
});
