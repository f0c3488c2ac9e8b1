import { afterAll, describe, expect, test } from "vitest";
import type { FlowModule } from "../../core/flow.ts";
import type { Variant } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import type { CredentialView } from "../../lab/lab-view.ts";
import { createTestApplication } from "../../testing/test-application.ts";
import { enterLab, flowOf, type Visitor } from "../../testing/visitor.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const modules: readonly FlowModule[] = flows;
const variants = modules.flatMap(({ manifest }) => manifest.variants.map((variant) => ({ ...variant, manifest })));

/** Anybody can read its access credential, without a key. */
function isReadable({ settings: { encoding, algorithm, proof } }: Variant): boolean {
  return encoding === undefined ? algorithm !== undefined && proof?.startsWith("id") !== true : encoding !== "sealed";
}

const choose = (visitor: Visitor, change: object) => visitor.send("PATCH", "/api/lab/settings", { body: change });

/** A visitor of a new lab that chose something. */
async function enterChosen(change: object): Promise<Visitor> {
  const visitor = await enterLab(app);
  expect((await choose(visitor, change)).status).toBe(200);
  return visitor;
}

describe.for(variants.filter(isReadable))("$id, with the password inside", ({ id, manifest, holds }) => {
  const me = `/api/${flowOf(id)}/me`;
  const held = async (visitor: Visitor) => {
    const body = (await visitor.get("/api/lab")).body["held"] as Readonly<Record<string, Told>>;
    return (body[manifest.id]?.credentials ?? []).filter(({ decoded }) => decoded !== null);
  };

  test("shows the password of its login to anybody, with a warning, and loses it with the setting", async () => {
    const visitor = await enterChosen({ passwordInside: true });
    await visitor.logIn(id);
    const [credential] = await held(visitor);
    expect(credential?.decoded?.payload).toMatchObject({ password: "alice-likes-tea" });
    expect(credential?.warnings).toEqual(["password looks like a password."]);
    expect((await visitor.get(me)).status).toBe(200);
    await choose(visitor, { passwordInside: false });
    await visitor.logIn(id);
    expect(JSON.stringify(await held(visitor))).not.toMatch(/password/);
  });

  test("never carries a password that was refused", async () => {
    const visitor = await enterChosen({ passwordInside: true });
    expect((await visitor.logIn(id, { password: "alice-likes-gin" })).code).toBe("BAD_CREDENTIALS");
    expect(visitor.cookies.keys().toArray()).toEqual(["__Host-lab"]);
  });

  test("carries the password of the person who logged in last in this browser", async () => {
    const visitor = await enterChosen({ passwordInside: true });
    await visitor.logIn(id);
    await visitor.logIn(id, { username: "bob", password: "bob-likes-coffee" });
    const passwords = (await held(visitor)).map(({ decoded }) => decoded?.payload);
    expect(passwords).toEqual([expect.objectContaining({ password: "bob-likes-coffee" })]);
  });

  // A credential that slides is written anew from the one before it; one that is renewed is not.
  if (holds.length > 1) return;
  test("carries its own person's password after it slid, whoever logged in before in this lab", async () => {
    const visitor = await enterChosen({ passwordInside: true, lifetimes: "seconds" });
    await visitor.logIn(id);
    const [before] = await held(visitor);
    await visitor.post("/api/lab/clock", { advanceSeconds: 3 });
    await visitor.another().logIn(id, { username: "bob", password: "bob-likes-coffee" });
    expect((await visitor.get(me)).status).toBe(200);
    const [after] = await held(visitor);
    expect(after?.value).not.toBe(before?.value);
    expect(after?.decoded?.payload).toMatchObject({ password: "alice-likes-tea" });
  });

  test("still carries it after it slid, and after the password was given again", async () => {
    const visitor = await enterChosen({ passwordInside: true, lifetimes: "seconds" });
    await visitor.logIn(id);
    const [before] = await held(visitor);
    await visitor.post("/api/lab/clock", { advanceSeconds: 3 });
    expect((await visitor.get(me)).status).toBe(200);
    const [after] = await held(visitor);
    expect(after?.value).not.toBe(before?.value);
    expect(after?.decoded?.payload).toMatchObject({ password: "alice-likes-tea" });
    await visitor.post(`/api/${manifest.id}/reauthenticate`, { password: "alice-likes-tea" });
    const [fresh] = await held(visitor);
    expect(fresh?.value).not.toBe(after?.value);
    expect(fresh?.decoded?.payload).toMatchObject({ password: "alice-likes-tea" });
  });
});

test("a sealed cookie with the password inside shows it to nobody, so there is no warning", async () => {
  const visitor = await enterChosen({ passwordInside: true });
  await visitor.logIn("cookie/sealed");
  const { held } = (await visitor.get("/api/lab")).body as { held: Readonly<Record<string, Told>> };
  expect(held["cookie"]?.credentials).toMatchObject([{ decoded: null, warnings: [] }]);
});

type Told = { readonly credentials: readonly Pick<CredentialView, "value" | "warnings" | "decoded">[] };
