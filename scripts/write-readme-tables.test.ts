import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { flows } from "../lib/flows/registry.ts";
import { readEnvironment } from "../lib/server/process/env.ts";
import { createTestApplication } from "../lib/testing/test-application.ts";
import { compare, documents } from "./write-readme-tables.ts";

const project = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(project, file), "utf8");

const application = await createTestApplication();
afterAll(() => application.dispose());

describe("what is written from the code", () => {
  it.each(documents)("in %s is up to date: if not, `npm run readme`", (file) => {
    const { written, upToDate } = compare(file);
    expect(written).toBe(upToDate);
  });
});

describe("what is written by hand", () => {
  it("in the README names each environment variable, with its default", () => {
    const { LOGINSCOPE_SECRET } = application.env;
    const given = {
      LOGINSCOPE_SECRET,
      LOGINSCOPE_ORIGIN: "https://login.example",
      LAB_MODE: "on",
      REDIS_URL: "redis://localhost",
      VICTIM_ORIGIN: "https://login.example",
      SIBLING_ORIGIN: "https://evil.login.example",
      ATTACKER_ORIGIN: "https://evil.example",
      OTHER_PORT_ORIGIN: "https://login.example:8443",
      VULNERABLE_ORIGIN: "https://shop.example",
      SECURITY_CONTACT: "mailto:security@login.example",
    };
    const known = Object.entries(readEnvironment(given)).filter(([name]) => /^[A-Z_]+$/.test(name));
    const rows = new Map(
      [...read("README.md").matchAll(/^\| `([A-Z_]+)` \| (.*)$/gm)].map(([, name, row]) => [name, row]),
    );
    expect([...rows.keys()].sort()).toEqual(known.map(([name]) => name).sort());
    for (const [name, value] of known) {
      if (name in given || value === "" || Array.isArray(value)) continue;
      expect(rows.get(name), name).toMatch(new RegExp(`^\`${value}\``));
    }
  });

  it("in docs/http.md names each address with its methods, and no other", () => {
    const ids: readonly string[] = flows.map(({ manifest }) => manifest.id);
    const table = application.table;
    // A call of every flow is one line. A call of one flow has its own line.
    const named = (pattern: string) => {
      const [first = "", ...rest] = pattern.split("/");
      const shared = ids.includes(first) && ids.every((id) => table.has([id, ...rest].join("/")));
      return [shared ? "<flow>" : first, ...rest].join("/");
    };
    const takes = [...table].flatMap(([pattern, endpoint]) => {
      const path = named(pattern).replace(/:(\w+)\*?/g, "<$1>");
      return Object.keys(endpoint).map((method) => `${method} /api/${path}`);
    });
    const told = [...read("docs/http.md").matchAll(/^\| `([A-Z]+ \/api\/[^`]+)`/gm)].map(([, call]) => call);
    expect(told.sort()).toEqual([...new Set(takes)].sort());
  });

  it.each(globSync(["*.md", "docs/**/*.md", "lib/flows/*/README.md"], { cwd: project }))(
    "in %s links only to what is there",
    (file) => {
      const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, link]) => link ?? "");
      expect(links.filter((link) => !existsSync(join(project, dirname(file), link)))).toEqual([]);
    },
  );

  it("in the README leads to pages that the application has", () => {
    const pages = globSync("app/**/page.tsx", { cwd: project }).map(
      (file) =>
        `/${dirname(file)
          .split(sep)
          .slice(1)
          .filter((part) => !part.startsWith("("))
          .join("/")}`,
    );
    const named = [...read("README.md").matchAll(/\]\(http:\/\/localhost:3000(\/[^)#]*)\)/g)].map(([, path]) => path);
    expect(named).toContain("/who-still-gets-in");
    expect(named.filter((path) => path === undefined || !pages.includes(path))).toEqual([]);
  });
});
