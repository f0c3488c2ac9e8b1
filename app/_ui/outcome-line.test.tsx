import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { OutcomeLine } from "./outcome-line.tsx";

test("a logout that could not be made is told with its code, that the login still lives, and that it can be tried again", () => {
  const detail =
    "You are still logged in: the store of this login does not answer, so it was not ended. Try again in a moment.";
  const refused = { asked: "Log out", accepted: false, detail, status: 503, code: "STORE_UNAVAILABLE", retryAt: null };
  const line = renderToStaticMarkup(<OutcomeLine outcome={refused} />).replaceAll(/<[^>]+>/g, "");
  expect(line).toBe(`Log out refused: STORE_UNAVAILABLE 503${detail}`);
});
