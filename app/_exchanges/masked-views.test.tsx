import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, describe, expect, test } from "vitest";
import type { FlowModule } from "@/lib/core/flow.ts";
import type { Variant } from "@/lib/core/variant.ts";
import { flows } from "@/lib/flows/registry.ts";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import type { LabView } from "@/lib/lab/lab-view.ts";
import { createTestApplication } from "@/lib/testing/test-application.ts";
import { enterLab, flowOf, type Visitor } from "@/lib/testing/visitor.ts";
import { watchExchanges } from "@/lib/testing/watch-exchanges.ts";
import { kindOf, partsOf } from "../_credential/credential-parts.ts";
import { EncodedParts } from "../_credential/encoded-parts.tsx";
import { ExchangeDetail } from "./exchange-detail.tsx";
import { RequestLines, ResponseLines } from "./http-lines.tsx";
import { SequenceDiagram } from "./sequence-diagram.tsx";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants: readonly Variant[] = modules.flatMap(({ manifest }) => manifest.variants);
const ownOf = (exchange: Exchange) =>
  modules
    .filter(({ manifest }) => exchange.flow === null || manifest.id === exchange.flow)
    .flatMap(({ manifest }) => manifest.cookies.map(({ name }) => name));

/** Every view of an exchange, before a person has pressed anything, with and without chips. */
function viewsOf(exchange: Exchange, reveal = false): string {
  const own = ownOf(exchange);
  const markup = [
    <RequestLines key="a" exchange={exchange} reveal={reveal} />,
    <ResponseLines key="b" exchange={exchange} reveal={reveal} />,
    <RequestLines key="c" exchange={exchange} reveal={reveal} own={own} />,
    <ResponseLines key="d" exchange={exchange} reveal={reveal} own={own} />,
    <ExchangeDetail key="e" exchange={exchange} usual={[]} own={own} />,
    <SequenceDiagram key="f" exchange={exchange} own={own} />,
  ].map((view) => renderToStaticMarkup(view));
  return asText(markup.join("\n"));
}

function asText(markup: string): string {
  return markup
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** One credential in each way that it is written on the wire. */
function spellings(value: string): readonly string[] {
  const plain = decodeURIComponent(value);
  return [...new Set([value, plain, encodeURIComponent(plain), JSON.stringify(plain).slice(1, -1)])];
}

/** All credentials that this variant gives to a browser and to a native client, used in each way of the interface. */
async function everyWay(variant: Variant, visitor: Visitor): Promise<ReadonlySet<string>> {
  const flow = flowOf(variant.id);
  const credentials = new Set<string>();
  const clients = [visitor, ...(variant.native ? [visitor.another()] : [])];
  for (const client of clients) {
    await client.logIn(variant.id, client === visitor ? {} : { client: "native" });
    const note = () => {
      const held = [...client.cookies].filter(([name]) => name !== "__Host-lab").map(([, value]) => value);
      for (const each of [...held, client.accessToken, client.refreshToken]) if (each) credentials.add(each);
      return credentials;
    };
    note();
    await client.get(`/api/${flow}/me`);
    await client.get(`/api/${flow}/orders`);
    await client.post(`/api/${flow}/refresh`);
    for (const value of note()) {
      const credential = decodeURIComponent(value);
      await client.post("/api/lab/try", { flow, credential });
      await client.post("/api/lab/try", { flow, credential, as: "refresh" });
      await client.post("/api/lab/try", { flow, credential: `${credential}${"A".repeat(5000)}` });
      await introspect(client, value);
    }
  }
  return credentials;
}

async function introspect(visitor: Visitor, token: string): Promise<void> {
  const { oauth } = (await visitor.another().get("/api/lab")).body as unknown as Pick<LabView, "oauth">;
  const authorization = `Basic ${btoa(`${oauth.clientId}:${oauth.clientSecret}`)}`;
  const headers = { authorization, "content-type": "application/x-www-form-urlencoded" };
  for (const parameter of ["token", "nonesuch"]) {
    const body = `${parameter}=${encodeURIComponent(decodeURIComponent(token))}&token_type_hint=access_token`;
    await app.dispatch(new Request(`${oauth.issuer}/oauth/introspect`, { method: "POST", headers, body }));
  }
}

/**
 * Shows this body as if it had been cut inside this credential,
 * behind the lab and variant that it names, and tells where.
 */
function cutIn(body: string, credential: string): readonly string[] {
  const beginnings = [48, Math.floor(credential.length / 2), credential.length - 1].map((end) =>
    credential.slice(0, end),
  );
  const cut = beginnings.filter((beginning) => body.includes(beginning));
  for (const beginning of cut)
    expect(shownBody(body.slice(0, body.indexOf(beginning) + beginning.length))).not.toContain(beginning);
  return cut;
}

function shownBody(body: string): string {
  const exchange = { request: { method: "POST", path: "/", headers: [], body } } as unknown as Exchange;
  return asText(renderToStaticMarkup(<RequestLines exchange={exchange} reveal={false} />));
}

describe("no view of an exchange shows a live credential before it is revealed", () => {
  test.for(variants)("$id: in headers, cookies, JSON, forms, and bodies cut anywhere in it", async (variant) => {
    const visitor = await enterLab(app);
    const { seen } = await watchExchanges(app, visitor);
    const credentials = await everyWay(variant, visitor);
    expect(credentials.size).toBeGreaterThan(0);
    const exchanges = (await seen()).filter(({ action }) => action !== "sessions");
    const revealed = exchanges.map((exchange) => viewsOf(exchange, true)).join("\n");
    const views = exchanges.map((exchange) => [exchange.request.path, viewsOf(exchange)] as const);
    const bodies = new Set(exchanges.flatMap(({ request, response }) => [request.body ?? "", response.body ?? ""]));
    const cuts: string[] = [];
    for (const credential of credentials) {
      expect(spellings(credential).some((each) => revealed.includes(each))).toBe(true);
      for (const spelling of spellings(credential)) {
        // Neither all of it nor the end, which is what proves something.
        for (const part of [spelling, spelling.slice(-20)])
          expect(views.filter(([, view]) => view.includes(part)).map(([path]) => [path, part])).toEqual([]);
        cuts.push(...[...bodies].flatMap((body) => cutIn(body, spelling)));
      }
    }
    expect(cuts).not.toEqual([]);
  });

  test("values that are no credentials are shown, in JSON, in a form and in a cut body", () => {
    expect(shownBody('{"claims":[{"credential":"access","until":"at-once"}]}')).toContain('"credential": "access"');
    expect(shownBody('{"iss":"http://x/api/labs/0123456789abcdef0123","token_type":"Bearer"}')).toContain(
      '"iss": "http://x/api/labs/0123456789abcdef0123"',
    );
    expect(shownBody("token_type_hint=access_token&used=true")).toContain("token_type_hint=access_token&used=true");
    expect(shownBody('{"username":"alice","credential":"abc')).toMatch(/"username":"alice","credential":"•••</);
  });
});

describe("a credential that is taken apart", () => {
  test.for(variants)("$id: the part that proves the credential is masked until it is revealed", async (variant) => {
    const visitor = await enterLab(app);
    await visitor.logIn(variant.id);
    const { held } = (await visitor.get("/api/lab")).body as unknown as LabView;
    const credentials = held[flowOf(variant.id)]?.credentials ?? [];
    expect(credentials.length).toBeGreaterThan(0);
    for (const { value, decoded } of credentials) {
      const parts = partsOf(value, decoded);
      const shown = (revealed: boolean) =>
        asText(
          renderToStaticMarkup(
            <EncodedParts kind={kindOf(value, decoded)} parts={parts} issued={parts} revealed={revealed} />,
          ),
        );
      expect(shown(false)).not.toContain(value.slice(-20));
      expect(shown(true)).toContain(value.slice(-20));
    }
  });
});

describe("a credential has one name on the wire", () => {
  test("an access token has the same name in its header, in the answer that issued it and in the diagram", async () => {
    const visitor = await enterLab(app);
    const { seen } = await watchExchanges(app, visitor);
    await visitor.logIn("memory-jwt/rotating");
    await visitor.get("/api/memory-jwt/me");
    await visitor.logIn("hybrid/gateway");
    visitor.accessToken = null;
    await visitor.get("/api/hybrid/orders");
    const exchanges = await seen();
    const chips = (index: number) => {
      const exchange = exchanges[index];
      if (!exchange) throw new Error("It was not told");
      const own = ownOf(exchange);
      const views = [
        <div key="a">
          <RequestLines exchange={exchange} reveal={false} own={own} />
          <ResponseLines exchange={exchange} reveal={false} own={own} />
        </div>,
        <SequenceDiagram key="b" exchange={exchange} own={own} />,
      ].map((view) => renderToStaticMarkup(view));
      return views.map((view) => [...view.matchAll(/<mark[^>]*><span[^>]*>([^<]+)</g)].map(([, name]) => name));
    };
    expect(chips(0)).toEqual([["__Host-refresh", "access token"], ["__Host-refresh"]]);
    expect(chips(1)).toEqual([
      ["access token", "__Host-refresh"],
      ["access token", "__Host-refresh"],
    ]);
    const inside = exchanges.findIndex(({ action, flow }) => action === "orders" && flow === null);
    expect(chips(inside)).toEqual([["internal token"], ["internal token"]]);
  });

  test("a cookie of the flow has the same name under any prefix", () => {
    const headers = [["cookie", "__Secure-sid=abc; other=1; sid=def"]] as const;
    const exchange = {
      ...{ id: 1, at: 0, clockOffset: 0, flow: "server-session", action: "me", variant: null, device: "" },
      ...{ code: null, steps: [], took: 1 },
      request: { method: "GET", path: "/api/server-session/me", headers, body: null },
      response: { status: 200, headers: [], body: null },
    } as const satisfies Exchange;
    const drawn = asText(renderToStaticMarkup(<SequenceDiagram exchange={exchange} own={["__Host-sid"]} />));
    expect(drawn).toContain("__Secure-sid");
    expect(drawn).toContain("and 1 cookie that this flow does not look at");
  });
});
