import { randomBytes } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { createLabMemory } from "../lab/memory/lab-memory.ts";
import { createTestApplication } from "../testing/test-application.ts";
import { enterLab } from "../testing/visitor.ts";
import { createLabContexts } from "./lab-contexts.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const { client } = app.database;
type LabTable = typeof client.lab;

type Slowed = { readonly deleteMany?: (...of: never) => Promise<unknown>; readonly read?: typeof app.database.read };

/** Another process over the same database, in which some questions to the table of labs take their time. */
function nodeWith({ deleteMany, read = app.database.read }: Slowed) {
  const { env, flows, passwords, stores, systemClock } = app;
  const call = () => Promise.reject(new Error("Nobody asks another part of the application here"));
  const lab = over<LabTable>(client.lab, { ...(deleteMany && { deleteMany }) });
  const database = { ...app.database, client: over(client, { lab }), read };
  return createLabContexts({
    memory: createLabMemory(),
    env,
    database,
    stores,
    flows,
    passwords,
    systemClock,
    report: () => {},
    call,
    randomBytes,
  });
}

function over<T extends object>(target: T, members: object): T {
  return new Proxy(target, {
    get: (from, name) => Reflect.get(name in members ? members : from, name),
  });
}

/** A promise, and what keeps it. */
function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

const newId = () => app.labContexts.labIdOf(app.labContexts.mintLabCookie());

/** A process that reads a lab and is then delayed with the old state, while another one changes the lab. */
async function readWhile(id: string, change: (node: ReturnType<typeof nodeWith>) => Promise<unknown>) {
  const { passed, open } = gate();
  const read = gate();
  let first = true;
  const node = nodeWith({
    async read(sql) {
      const rows = await app.database.read<never>(sql);
      if (!first) return rows;
      first = false;
      read.open();
      await passed;
      return rows;
    },
  });
  const finding = node.find(id);
  await read.passed;
  await change(node);
  open();
  await finding;
  return node;
}

test("a first request that is overtaken by another keeps the lab that the other made", async () => {
  const id = newId();
  const { passed, open } = gate();
  // Sees that there is no lab yet, and is held up before it clears away what is left of an older one.
  const slow = nodeWith({
    async deleteMany(...parameters: Parameters<LabTable["deleteMany"]>) {
      await passed;
      return client.lab.deleteMany(...parameters);
    },
  }).open(id);
  const quick = await app.labContexts.open(id);
  open();
  expect((await slow).lab).toEqual(quick.lab);
  expect(await app.labContexts.find(id)).toMatchObject({ lab: quick.lab });
});

test("a lab that was read before a reset is not cached after it", async () => {
  const id = newId();
  const { lab } = await app.labContexts.open(id);
  const node = await readWhile(id, ({ remove }) => remove(id));
  expect(await node.find(id)).toBeNull();
  const anew = await node.open(id);
  expect(anew.lab.salt).not.toBe(lab.salt);
  expect(await anew.people.list()).toHaveLength(3);
});

test("a lab that was read before a rotation of its keys is not cached after it", async () => {
  const id = newId();
  await app.labContexts.open(id);
  const node = await readWhile(id, ({ rotateKeys }) => rotateKeys(id, false));
  expect((await node.find(id))?.lab).toMatchObject({
    keyGeneration: 2,
    acceptedKeys: [{ generation: 2 }],
  });
});

test("the next request sees all changes of the same moment", async () => {
  const { find, open, advanceClock, rotateKeys } = app.labContexts;
  const id = newId();
  const context = await open(id);
  await Promise.all([
    advanceClock(id, 1000, 10_000),
    rotateKeys(id, true),
    context.enable("cookie/sealed-versioned"),
    advanceClock(id, 2000, 10_000),
    rotateKeys(id, true),
    context.enable("memory-jwt/user-version"),
  ]);
  const changed = (await find(id))?.lab;
  expect(changed).toMatchObject({
    ...{ clockOffset: 3000, keyGeneration: 3 },
    acceptedKeys: [{ generation: 1 }, { generation: 2 }, { generation: 3 }],
  });
  expect(changed?.enabled).toEqual(expect.arrayContaining(["cookie/sealed-versioned", "memory-jwt/user-version"]));
});

test("what was proved of a lab's credentials is remembered once it was used, and forgotten with its reset", async () => {
  const visitor = await enterLab(app);
  const proofs = () => app.memory.counts()["proofs"] ?? 0;
  const before = proofs();
  await visitor.logIn("hybrid/short-jwt");
  await visitor.logIn("cookie/sealed");
  for (const flow of ["cookie", "hybrid"]) expect((await visitor.get(`/api/${flow}/me`)).status).toBe(200);
  expect(proofs()).toBeGreaterThan(before);
  await visitor.post("/api/lab/reset");
  expect(proofs()).toBe(before);
});
