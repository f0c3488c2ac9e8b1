import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { config } from "../../proxy.ts";
import { createTestApplication } from "../testing/test-application.ts";

const app = await createTestApplication();
afterAll(() => app.dispose());

const folder = join(import.meta.dirname, "../../app/api");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("route.ts"));
/** Each route file as the segments below `/api` that Next.js reads off its folder. */
const routes = files.map((file) => ({ file, segments: file.split(sep).slice(0, -1) }));
const patterns = [...app.table.keys()];

/** `[name]` stands for one segment and `[...name]` for all that follow, at least one; a fixed one wins over both. */
function leadsTo(route: readonly string[], path: readonly string[]): boolean {
  const [segment, ...rest] = route;
  const [given, ...others] = path;
  if (segment === undefined || given === undefined) return segment === given;
  if (segment.startsWith("[...")) return true;
  return (segment.startsWith("[") || segment === given) && leadsTo(rest, others);
}

describe("every address", () => {
  test.for(patterns)("/api/%s is reached through a route file", (pattern) => {
    const path = pattern.split("/").map((segment) => segment.replace(/^:/, "any "));
    expect(routes.filter(({ segments }) => leadsTo(segments, path))).not.toEqual([]);
  });

  test.for(patterns)("/api/%s is skipped by proxy.ts, which would double the cost of a request", (pattern) => {
    for (const { source } of config.matcher) expect(`/api/${pattern}`).not.toMatch(new RegExp(`^${source}$`));
  });
});

describe.for(routes)("the route file $file", ({ file, segments }) => {
  test("leads to an address", () => {
    const led = patterns.filter((pattern) => leadsTo(segments, pattern.split("/")));
    expect(led).not.toEqual([]);
  });

  test("passes every method on, to the same function as all route files", async () => {
    const exported: Record<string, unknown> = await import(/* @vite-ignore */ pathToFileURL(join(folder, file)).href);
    const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    expect(Object.keys(exported).sort()).toEqual(methods.sort());
    expect(new Set(Object.values(exported)).size).toBe(1);
    expect(exported["GET"]).toBeTypeOf("function");
  });
});
