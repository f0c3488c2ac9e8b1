import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { LoginRecord } from "../../core/record.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { type FileDisk, openFileDisk } from "./file-disk.ts";
import { createFileStore } from "./file-store.ts";

const bounds = { records: 10, data: 1000 };
const lab = { id: "lab", salt: "salt" };
const logout = { at: 5, reason: "logout" } as const;
const root = await mkdtemp(join(tmpdir(), "loginscope-file-store-"));
afterAll(() => rm(root, { recursive: true, force: true }));

let folder = "";
let told: string[] = [];
beforeEach(async () => {
  told = [];
  folder = join(await mkdtemp(join(root, "one-")), "logins");
});

function record(id: string, changes: Partial<LoginRecord> = {}): LoginRecord {
  const times = {
    createdAt: 1,
    lastSeenAt: 1,
    authenticatedAt: 1,
    elevatedUntil: 2,
    endsAt: 90,
    idleEndsAt: 90,
    idleFor: 8,
  };
  const sender = { ip: "192.0.2.1", userAgent: "Mozilla/5.0", device: "Firefox" };
  const whose = { id, key: `key of ${id}`, variant: "server-session/file", userId: "alice", userVersion: 0 } as const;
  return { ...whose, ...times, ...sender, remembered: false, ended: null, ...changes };
}

/** Another process: it shares the folder and has its own memory. */
function openStore(disk: FileDisk = openFileDisk(folder)) {
  const store = createFileStore(disk, {
    ...bounds,
    clock: { now: () => 7000 },
    lost: (sentence) => told.push(sentence),
  });
  return { ...store, here: store.records(lab, "one"), data: store.data(lab, "one") };
}

async function onlyFile(): Promise<string> {
  const [name, ...others] = await readdir(folder);
  expect(others).toEqual([]);
  return join(folder, name ?? "");
}

describe("one process", () => {
  test("a restart keeps all records: they are in the file", async () => {
    const before = openStore();
    await before.here.add(record("a"));
    await before.here.add(record("b"));
    await before.here.end("b", logout);
    await before.data.set("a", "cart", ["tea"]);
    const after = openStore();
    expect(await after.here.find("key of a")).toEqual(record("a"));
    expect(await after.here.find("key of b")).toEqual(record("b", { ended: logout }));
    expect(await after.data.all("a")).toEqual({ cart: ["tea"] });
  });

  test("of any number of changes at once none is lost", async () => {
    const { here, data } = openStore();
    await Promise.all(Array.from({ length: 8 }, (_, n) => here.add(record(`r${n}`))));
    await Promise.all([here.end("r0", logout), data.set("r1", "a", 1), here.end("r2", logout), data.set("r1", "b", 2)]);
    expect(await here.held(20)).toHaveLength(8);
    expect((await here.list("alice", 2)).map(({ id }) => id).sort()).toEqual(["r1", "r3", "r4", "r5", "r6", "r7"]);
    expect(await data.all("r1")).toEqual({ a: 1, b: 2 });
  });

  test("a failed change does not hold up later ones", async () => {
    const disk = openFileDisk(folder);
    let full = true;
    const write: FileDisk["write"] = async (name, text) => {
      if (full) throw new StoreUnavailable("file");
      await disk.write(name, text);
    };
    const { here } = openStore({ ...disk, write });
    await expect(here.add(record("a"))).rejects.toThrow(StoreUnavailable);
    full = false;
    await here.add(record("b"));
    expect((await here.held(9)).map(({ id }) => id)).toEqual(["b"]);
  });

  test("only this system's user can read the file, and no draft is left", async () => {
    await openStore().here.add(record("a"));
    expect((await stat(await onlyFile())).mode & 0o777).toBe(0o600);
  });

  test("the file is not written without a change", async () => {
    const disk = openFileDisk(folder);
    const writes: string[] = [];
    const { here } = openStore({
      ...disk,
      write: async (name, text) => {
        writes.push(name);
        await disk.write(name, text);
      },
    });
    await here.add(record("a"));
    await here.end("unknown", logout);
    await here.touch("unknown", { at: 2, idleEndsAt: 9 });
    expect(await here.sweep(2)).toBe(0);
    expect(writes).toHaveLength(1);
  });

  test("above the limit the record added first is forgotten", async () => {
    const { here } = openStore();
    for (let n = 0; n <= bounds.records; n += 1) await here.add(record(`r${n}`, { createdAt: n }));
    expect(await here.held(99)).toHaveLength(bounds.records);
    expect(await here.find("key of r0")).toBeNull();
  });
});

describe("a file that is not as it was written", () => {
  test("missing: no login exists, and logging in makes it anew", async () => {
    const { here } = openStore();
    await here.add(record("a"));
    await rm(await onlyFile());
    expect(await here.find("key of a")).toBeNull();
    await here.add(record("b"));
    expect(await here.find("key of b")).toEqual(record("b"));
  });

  test.for([
    ["empty", () => ""],
    ["cut off", (text: string) => text.slice(0, -20)],
    ["no JSON", () => "<html>"],
    ["of another shape", () => '{"version":1,"logins":[{"record":{"id":"a"},"data":{}}]}'],
    ["of a later version", (text: string) => text.replace('"version":1', '"version":2')],
    ["with an end that nobody knows", (text: string) => text.replace('"ended":null', '"ended":"maybe"')],
    ["nested too deep to be read", () => `{"version":1,"logins":${"[".repeat(100_000)}`],
  ] as const)(
    "%s: the file is set aside as it is, and the store starts empty: its logins are unknown, and none is revived",
    async ([, change]) => {
      const { here, data, setAside } = openStore();
      await here.add(record("a"));
      await data.set("a", "cart", 1);
      const file = await onlyFile();
      const broken = change(await readFile(file, "utf8"));
      await writeFile(file, broken);
      // Asked at once by several, it is set aside once.
      const [found, listed] = await Promise.all([here.find("key of a"), here.list("alice", 2), here.held(9)]);
      expect([found, listed, await data.all("a")]).toEqual([null, [], {}]);
      expect([await here.end("a", logout), await data.set("a", "cart", 1)]).toEqual([false, "gone"]);
      await here.add(record("b"));
      expect((await here.held(9)).map(({ id }) => id)).toEqual(["b"]);

      const names = await setAside(lab, "one");
      expect(names).toEqual([`${basename(file)}.broken-1970-01-01T00-00-07.000Z`]);
      expect(await readFile(join(folder, names[0] ?? ""), "utf8")).toBe(broken);
      expect(told).toEqual([expect.stringContaining(names[0] ?? "")]);
      expect(await setAside(lab, "another")).toEqual([]);
    },
  );

  test("a folder in its place, or a file in the folder's: requests are refused", async () => {
    const { here } = openStore();
    await here.add(record("a"));
    const file = await onlyFile();
    await rm(file);
    await mkdir(file);
    await expect(here.find("key of a")).rejects.toThrow(StoreUnavailable);
    await expect(here.add(record("a"))).rejects.toThrow(StoreUnavailable);
    await rm(folder, { recursive: true });
    await writeFile(folder, "");
    await expect(here.add(record("a"))).rejects.toThrow(StoreUnavailable);
  });
});

test.for(["1e300", "-1", "0.5", "253402300800000000"])(
  "a file with a time of %s in it lets nobody in",
  async (time) => {
    const { here } = openStore();
    await here.add(record("a"));
    const file = await onlyFile();
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(/"lastSeenAt":\d+/, `"lastSeenAt":${time}`));
    expect(await openStore().here.find("key of a")).toBeNull();
  },
);

describe("two processes on the same file", () => {
  /** A disk on which the next write waits until it is let go. */
  function slowDisk() {
    const disk = openFileDisk(folder);
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const write: FileDisk["write"] = async (name, text) => {
      reached.resolve();
      await gate.promise;
      await disk.write(name, text);
    };
    return { disk: { ...disk, write }, reached: reached.promise, letGo: gate.resolve };
  }

  test("see each other's changes if they take turns", async () => {
    const [first, second] = [openStore(), openStore()];
    await first.here.add(record("a"));
    expect(await second.here.end("a", logout)).toBe(true);
    expect((await first.here.find("key of a"))?.ended).toEqual(logout);
  });

  test("revive an ended login if the other was writing at that moment", async () => {
    const { disk, reached, letGo } = slowDisk();
    const [first, second] = [openStore(), openStore(disk)];
    for (const id of ["stolen", "somebody's"]) await first.here.add(record(id));

    // The second process has read, and is about to write a later last-seen time.
    const touched = second.here.touch("key of somebody's", { at: 7, idleEndsAt: 90 });
    await reached;
    expect(await first.here.end("stolen", logout)).toBe(true);
    expect((await first.here.find("key of stolen"))?.ended).toEqual(logout);
    letGo();
    expect(await touched).toBe(true);

    // Both processes now let the thief in, and the one that ended the login was told that it had.
    for (const { here } of [first, second]) expect((await here.find("key of stolen"))?.ended).toBeNull();
    expect(await first.here.list("alice", 8)).toHaveLength(2);
  });

  test("lose a value if the other was writing at that moment", async () => {
    const { disk, reached, letGo } = slowDisk();
    const [first, second] = [openStore(), openStore(disk)];
    await first.here.add(record("a"));
    const other = second.data.set("a", "step", 2);
    await reached;
    expect(await first.data.set("a", "cart", ["tea"])).toBe("kept");
    letGo();
    await other;
    expect(await first.data.all("a")).toEqual({ step: 2 });
  });
});

describe("cleaning up", () => {
  const found = { lab, now: 50 };

  test("sweeps each live lab's file by that lab's clock, with a count, and deletes the files of labs that are gone or were reset", async () => {
    const store = openStore();
    await store.here.add(record("over", { endsAt: 50 }));
    await store.here.add(record("live"));
    await store.records({ id: "lab", salt: "from before a reset" }, "one").add(record("old"));
    await store.records({ id: "gone", salt: "salt" }, "one").add(record("old"));
    await writeFile(join(folder, "not~one~of.ours"), "");
    expect(await store.sweep(async (id) => (id === "lab" ? found : null))).toBe(1);
    expect((await store.here.held(9)).map(({ id }) => id)).toEqual(["live"]);
    await onlyFile();
  });

  test("an unreadable file does not stop the sweep of others, and stays as long as its lab", async () => {
    const store = openStore();
    await store.here.add(record("a"));
    await writeFile(await onlyFile(), "{");
    await store.records(lab, "two").add(record("over", { endsAt: 50 }));
    expect(await store.sweep(async () => found)).toBe(1);
    expect(await readdir(folder)).toHaveLength(2);
    await store.remove("lab");
    expect(await readdir(folder)).toEqual([]);
  });

  test("removing a lab deletes its files and drafts, and no other lab's", async () => {
    const store = openStore();
    await store.here.add(record("a"));
    const file = await onlyFile();
    await writeFile(`${file}.1234.draft`, "half");
    await store.records({ id: "lab2", salt: "salt" }, "one").add(record("theirs"));
    await store.remove("lab");
    expect(await readFile(await onlyFile(), "utf8")).toContain("theirs");
  });

  test("without a login there is no folder, and a sweep has no work", async () => {
    const store = openStore();
    expect(await store.sweep(async () => null)).toBe(0);
    await store.remove("lab");
    expect(await store.here.find("any")).toBeNull();
    await expect(readdir(folder)).rejects.toThrow("ENOENT");
  });
});
