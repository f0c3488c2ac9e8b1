import { afterAll, describe, expect, test } from "vitest";
import { flows } from "../../flows/registry.ts";
import { dumpDatabase } from "../../testing/dump-database.ts";
import { exampleBody } from "../../testing/example-body.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication({
  LOGINSCOPE_ORIGIN: "http://lab.example:3000",
  SIBLING_ORIGIN: "http://evil.lab.example:3000",
  ATTACKER_ORIGIN: "http://evil.example:3000",
  VULNERABLE_ORIGIN: "http://shop.example:3000",
});
afterAll(() => app.dispose());

const ours = "http://lab.example:3000";
const changing = [...app.table].flatMap(([pattern, endpoint]) =>
  Object.keys(endpoint)
    // What takes a form goes by no cookie, only by a client's secret: oauth.test.ts has its rules.
    .filter((method) => method !== "GET" && !endpoint.POST?.form)
    .map((method) => ({ pattern, method })),
);

type Sender = { readonly name: string; readonly headers: Readonly<Record<string, string>> };

const sentFrom = (site: string): Sender => ({ name: `Sec-Fetch-Site: ${site}`, headers: { "sec-fetch-site": site } });
const origin = (value: string, host = "lab.example:3000"): Sender => ({
  name: `Origin: ${value} at Host: ${host}`,
  headers: { origin: value, host },
});

/** Our own pages, and clients that are no browser. */
const welcome: readonly Sender[] = [
  sentFrom("same-origin"),
  // If the browser sends Sec-Fetch-Site, it alone decides: a proxy may have changed the other headers.
  { name: "Sec-Fetch-Site: same-origin, Origin: null", headers: { "sec-fetch-site": "same-origin", origin: "null" } },
  origin(ours),
  // Behind a proxy that does not pass the name on, the configured origin counts; without one, the name asked for.
  origin(ours, "127.0.0.1:8080"),
  origin("http://192.0.2.7:3000", "192.0.2.7:3000"),
  { name: "neither", headers: {} },
];

const unwelcome: readonly Sender[] = [
  ...["cross-site", "same-site", "none", "", "Same-Origin", "same-origin, cross-site", "garbage"].map(sentFrom),
  { name: "Sec-Fetch-Site: cross-site, Origin: ours", headers: { "sec-fetch-site": "cross-site", origin: ours } },
  ...[
    "null",
    "",
    "https://lab.example:3000",
    "http://lab.example:3001",
    "http://lab.example",
    "http://evil.lab.example:3000",
  ].map((each) => origin(each)),
  ...[
    "http://lab.example:3000.evil.example",
    "http://lab.example:3000@evil.example",
    "http://evil.example",
    "garbage",
  ].map((each) => origin(each)),
  origin("https://192.0.2.7:3000", "192.0.2.7:3000"),
  origin("http://192.0.2.7:3000", "192.0.2.8:3000"),
];

/**
 * The other headers of the request. A page of another site cannot set a bearer token; its requests do carry cookies and
 * HTTP Basic.
 */
const credentials = [
  { name: "nothing", lets: "our own pages", headers: {} },
  { name: "cookies", lets: "our own pages", headers: { cookie: "a=b" } },
  { name: "cookies and a bearer token", lets: "our own pages", headers: { cookie: "a=b", authorization: "Bearer x" } },
  { name: "a bearer token alone", lets: "anywhere", headers: { authorization: "Bearer x" } },
  // What a browser adds by itself behind a proxy that asked for a password.
  { name: "HTTP Basic alone", lets: "our own pages", headers: { authorization: "Basic YTpi" } },
] as const;

describe.for(changing)(
  "[ASVS 3.5.1] [NIST 5.1 csrf] [RFC 10017 6.1 csrf] [WSTG-SESS-05] $method $pattern",
  ({ pattern, method }) => {
    const path = `/api/${pattern.replace(/:(id|key)/, "someone")}`;

    test.for(credentials)("a request with $name is accepted from $lets", async ({ lets, headers: carried }) => {
      const expected = [
        ...welcome.map(({ name }) => [name, "BAD_REQUEST"]),
        ...unwelcome.map(({ name }) => [name, lets === "anywhere" ? "BAD_REQUEST" : "CROSS_SITE_REQUEST"]),
      ];
      // A body that is not JSON: an admitted request is refused for its body, so it has no effect.
      const observed = [...welcome, ...unwelcome].map(async ({ name, headers }) => {
        const sent = { ...carried, ...headers, "content-type": "application/json" };
        const response = await app.dispatch(new Request(`${ours}${path}`, { method, headers: sent, body: "{" }));
        return [name, (await response.json()).code];
      });
      expect(Object.fromEntries(await Promise.all(observed))).toEqual(Object.fromEntries(expected));
    });

    test.for(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json", ""])(
      "[ASVS 3.5.2] refuses a body of type '%s', which a form of another site can send",
      async (type) => {
        const body = new TextEncoder().encode('{"username":"alice"}');
        const headers = type ? { "content-type": type } : {};
        const response = await app.dispatch(new Request(`${ours}${path}`, { method, headers, body }));
        expect(await response.json()).toMatchObject({ status: 415, code: "UNSUPPORTED_MEDIA_TYPE" });
      },
    );
  },
);

describe.for(changing)("$method $pattern, asked for by another site", ({ pattern, method }) => {
  const body = exampleBody(pattern, method);

  async function prepare(): Promise<{ admin: Visitor; path: string }> {
    const admin = await enterLab(app);
    for (const { manifest } of flows) {
      const { status } = await admin.logIn(manifest.defaults.lab, { username: "admin" });
      expect(status).toBe(200);
    }
    // The access token stays at home: with it the request would be one that no other site can make.
    const bearerOnly = pattern.startsWith("memory-jwt") && !pattern.endsWith("/refresh");
    if (!bearerOnly) admin.accessToken = null;
    const { people } = (await admin.get("/api/lab")).body;
    const id = Array.isArray(people) ? people.find(({ username }) => username === "bob")?.id : null;
    const concrete = await concreteId(admin, id);
    const path = `/api/${pattern.replace(":id", concrete).replace(":key", "cart")}`;
    if (path.endsWith("/data/cart")) await admin.send("PUT", path, { body: { value: ["tea"] } });
    if (path.endsWith("/pay")) await admin.post("/api/server-session/payment");
    return { admin, path };
  }

  async function concreteId(admin: Visitor, person: string): Promise<string> {
    if (pattern.startsWith("lab/experiments")) return "replay-after-logout";
    if (!pattern.startsWith("lab/lesson")) return person;
    return String((await admin.post("/api/lab/lesson", exampleBody("lab/lesson", "POST"))).body["id"]);
  }

  test("[ASVS 3.5.1] [NIST 5.1 csrf] [WSTG-SESS-05] has no effect and sets no cookie", async () => {
    const { admin, path } = await prepare();
    const before = await dumpDatabase(app);
    const reply = await admin.send(method, path, { body, headers: { "sec-fetch-site": "cross-site" } });
    expect(reply.code).toBe("CROSS_SITE_REQUEST");
    expect(reply.setCookies).toEqual([]);
    expect(await dumpDatabase(app)).toEqual(before);
  });

  test("has an effect when our own page sends it", async () => {
    const { admin, path } = await prepare();
    const headers = { ...cookiesOf(admin), ...(body !== undefined && { "content-type": "application/json" }) };
    const response = await app.dispatch(
      new Request(`${ours}${path}`, {
        method,
        headers: { ...headers, host: "lab.example:3000", "sec-fetch-site": "same-origin" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
    if (response.ok) return response.body?.cancel();
    expect(await response.json()).toMatchObject({ code: "NOT_SUPPORTED" });
  });
});

function cookiesOf({ cookies, accessToken }: Visitor): Record<string, string> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  return { cookie, ...(accessToken && { authorization: `Bearer ${accessToken}` }) };
}
