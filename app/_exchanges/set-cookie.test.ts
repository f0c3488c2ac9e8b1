import { describe, expect, test } from "vitest";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import { usualSettings } from "@/lib/lab/lab-settings.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { attributesOf, declaredAttributes, lastSent, unseenCookies } from "./set-cookie.ts";

const flow: FlowInfo = {
  ...{ id: "server-session", title: "Server session", trusts: "", therefore: "", presents: "cookie", renewedBy: [] },
  stores: {},
  cookies: [{ name: "__Host-sid", path: "/", httpOnly: true, secure: true, sameSite: "lax" }],
};
const texts = (attributes: readonly { text: string }[]) => attributes.map(({ text }) => text);

function sending(id: number, ...lines: readonly string[]): Exchange {
  return {
    ...{ id, at: id, clockOffset: 0, flow: "server-session", action: "login", variant: null, device: "" },
    ...{ code: null, steps: [], took: 1 },
    request: { method: "POST", path: "/api/server-session/login", headers: [], body: null },
    response: { status: 200, headers: lines.map((line) => ["set-cookie", line]), body: null },
  };
}

describe("an attribute means what was sent", () => {
  const means = (attribute: string) => attributesOf(`a=b; ${attribute}`)[0]?.means;

  test.for([
    ["0", "deletes it now"],
    ["1", "after 1 s"],
    ["90", "after 1 min 30 s"],
    ["119", "after 1 min 59 s"],
    ["120", "after 2 min"],
    ["1800", "after 30 min"],
    ["7200", "after 2 h"],
    ["2592000", "after 30 d"],
  ])("Max-Age=%s: %s", ([seconds, words]) => expect(means(`Max-Age=${seconds}`)).toContain(words));

  test("a Path keeps its case, while names and SameSite are compared without case", () => {
    expect(means("Path=/Elsewhere")).toBe("Sent only to addresses under /Elsewhere.");
    expect(means("PATH=/a=B")).toBe("Sent only to addresses under /a=B.");
    expect(means("samesite=STRICT")).toBe(means("SameSite=Strict"));
  });
});

describe("the line of a cookie that this browser holds", () => {
  const held = [{ name: "__Secure-sid", value: "{mine}" }];

  test("a held cookie's line is the one that set its value, under any prefix, and not a later one of another client", () => {
    const mine = sending(1, "__Secure-sid=%7Bmine%7D; Path=/; Max-Age=60");
    const other = sending(2, "__Host-sid=other; Path=/");
    const sent = lastSent(flow, held, [other, mine]);
    expect(sent).toMatchObject([{ name: "__Secure-sid", maxAge: 60, exchange: { id: 1 } }]);
    expect(unseenCookies(flow, held, sent)).toEqual([]);
  });

  test("a held cookie without a seen line is named as unseen", () => {
    const sent = lastSent(flow, held, [sending(2, "__Host-sid=other; Path=/")]);
    expect(sent).toEqual([]);
    expect(unseenCookies(flow, [...held, { name: "access token", value: "x" }], sent)).toEqual(["__Secure-sid"]);
  });

  test("for a cookie that is not held, the last line counts, such as the one that deleted it", () => {
    const [sent] = lastSent(
      flow,
      [],
      [sending(2, "__Host-sid=; Path=/; Max-Age=0"), sending(1, "__Host-sid=a; Path=/")],
    );
    expect(sent).toMatchObject({ deletes: true, exchange: { id: 2 } });
  });
});

describe("what a flow declares for its cookie", () => {
  const choice = usualSettings.cookies;

  test("the declared attributes are those of the flow, without a Max-Age", () => {
    const declared = declaredAttributes(flow, "sid", choice);
    expect(texts(declared)).toEqual(["Path=/", "HttpOnly", "Secure", "SameSite=Lax"]);
  });

  test("the declared attributes follow the lab's settings, and missing ones are named", () => {
    const declared = declaredAttributes(flow, "sid", { ...choice, path: "/X", httpOnly: false, sameSite: "omitted" });
    expect(texts(declared)).toEqual(["Path=/X", "Secure", "no HttpOnly", "no SameSite"]);
  });
});
