import { describe, expect, test } from "vitest";
import { flows } from "../../flows/registry.ts";
import { repository } from "../source/repository.ts";
import type { ActingFunction } from "./difference.ts";
import type { Measured } from "./model.ts";
import { blocksIn, operationPairs } from "./pair-code.ts";

const lines = (text: string) => text.split("\n");

describe("the functions of a file", () => {
  test("end at the brace with the indent of their first line", () => {
    const blocks = blocksIn(
      lines(`export function createFlow(deps: Deps) {
  async function read(
    request: Request,
  ): Promise<string> {
    if (request) {
      return "";
    }
  }

  return {
    async logout(request) {
      records.end(
        request,
      );
    },
    authenticate: (request) => wayOf(request).authenticate(request),
  };
}`),
    );
    expect(blocks).toEqual([
      { name: "createFlow", from: 1, to: 18 },
      { name: "read", from: 2, to: 8 },
      { name: "logout", from: 11, to: 15 },
      { name: "authenticate", from: 16, to: 16 },
    ]);
  });
});

function textOf({ lines: shown }: ActingFunction): string {
  return shown.map(({ tokens }) => tokens.map(([, text]) => text).join("")).join("\n");
}

describe("how a flow does an operation", () => {
  const sides = flows.map((module) => ({ module, variant: module.manifest.variants[0] }));

  test.for(sides)("begins with the flow's own function: $module.manifest.id", async (side) => {
    const pairs = await operationPairs(repository(), side, side, null);
    expect(pairs.map(({ operation }) => operation)).toEqual(["authenticate", "logout"]);
    for (const { operation, left } of pairs) {
      expect(left).toHaveLength(1);
      const [own] = left;
      expect(own?.name).toBe(operation);
      expect(own?.file).toBe(`lib/flows/${side.module.manifest.id}/flow.ts`);
      expect(own && textOf(own)).toMatch(new RegExp(`^ *(?:async )?${operation}\\b`));
      expect(own?.acted).toEqual([]);
    }
  });

  test("goes on with the functions whose lines called a port, and marks those lines", async () => {
    const cookie = sides.find(({ module }) => module.manifest.id === "cookie");
    if (!cookie) throw new Error("There is no cookie flow");
    const file = "lib/flows/cookie/flow.ts";
    const line = lines(repository().read(file)).findIndex((text) => text.includes("await revocation.check(")) + 1;
    const step = { actor: "policy", did: "check", found: "ok", startedAfter: 0, took: 1, at: { file, line } } as const;
    const call = {
      action: "me",
      request: "GET /api/cookie/me",
      status: 200,
      code: null,
      sent: [],
      received: [],
    } as const;
    const measured: Measured = {
      at: "2026-11-21T12:00:00.000Z",
      version: "1",
      byVariant: { [cookie.variant.id]: { rotated: null, calls: [{ ...call, steps: [step] }] } },
    };
    const [authenticate, logout] = await operationPairs(repository(), cookie, cookie, measured);
    expect(authenticate?.left.map(({ name }) => name)).toEqual(["authenticate", "read"]);
    expect(authenticate?.left[1]?.acted).toEqual([line]);
    expect(logout?.left.map(({ name }) => name)).toEqual(["logout"]);
  });
});
