import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lengthOf } from "../core/claim.ts";
import type { FlowModule } from "../core/flow.ts";
import { second } from "../core/time.ts";
import type { Variant } from "../core/variant.ts";
import { claimLines, replayedOf } from "../lab/experiment.ts";
import { experiments } from "../lab/experiments.ts";
import { storeModule } from "../stores/registry.ts";
import { findFlow, findVariant, flows, variants } from "./registry.ts";

const root = join(import.meta.dirname, "../..");
const modules: readonly FlowModule[] = flows;
const everyVariant: readonly Variant[] = variants;
const ids = modules.map(({ manifest }) => manifest.id);

test("every folder of a flow is in the registry, and the other way round", () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual([...ids].sort());
});

describe.for(ids)("%s", (id) => {
  test.for([
    ...["README.md", "manifest.ts", "flow.ts", "flow.test.ts"].map((file) => `lib/flows/${id}/${file}`),
    `app/api/${id}/me/route.ts`,
    `app/api/${id}/[action]/route.ts`,
    `app/(flows)/${id}/page.tsx`,
  ])("has %s", (file) => {
    expect(existsSync(join(root, file))).toBe(true);
  });

  test("its test holds it to the contract of all flows", () => {
    expect(read(`lib/flows/${id}/flow.test.ts`)).toMatch(/^holdToFlowContract\(/m);
  });

  test("its flow.ts has at most 170 lines", () => {
    expect(read(`lib/flows/${id}/flow.ts`).split("\n").length).toBeLessThanOrEqual(170);
  });

  test.for([
    ...["Date", "Math.random", "process", "Request", "Response", "Headers", "fetch", "crypto", "performance"],
    ...["setTimeout", "setInterval", "globalThis", "console"],
  ])("its code uses ports and no %s", (name) => {
    for (const [file, code] of codeOf(id)) {
      expect([file, code]).toEqual([file, expect.not.stringMatching(new RegExp(`\\b${name.replace(".", "\\.")}\\b`))]);
    }
  });

  test("its code names no variant: a variant is data", () => {
    const names = everyVariant.flatMap((variant) => [variant.id, variant.id.split("/")[1] ?? ""]);
    for (const [file, code] of codeOf(id)) {
      for (const name of names) expect([file, code]).toEqual([file, expect.not.stringMatching(`["'\`]${name}["'\`]`)]);
      expect(code).not.toMatch(/\bvariant\s*[!=]==|switch\s*\(variant|variant\.(startsWith|endsWith|includes|split)/);
    }
  });

  test("its default variants are its own, and the one outside lab mode is safe", () => {
    const { defaults, variants: own } = modules.find(({ manifest }) => manifest.id === id)?.manifest ?? {};
    expect(own?.map((variant) => variant.id)).toContain(defaults?.lab);
    expect(own?.find((variant) => variant.id === defaults?.production)?.safety).toBe("safe");
    // In lab mode a login gets the plainest, and never one that is wrong on purpose.
    expect(own?.find((variant) => variant.id === defaults?.lab)?.safety).not.toBe("unsafe");
  });
});

test("flow ids, variant ids and cookie names are unique, and a variant's id begins with its flow", () => {
  const variantIds = everyVariant.map((variant) => variant.id);
  const cookies = modules.flatMap(({ manifest }) => manifest.cookies.map(({ name }) => name));
  for (const list of [ids, variantIds, cookies]) expect(new Set(list).size).toBe(list.length);
  for (const { manifest } of modules) {
    for (const variant of manifest.variants) expect(variant.id).toMatch(new RegExp(`^${manifest.id}/[a-z0-9-]{1,40}$`));
  }
});

test("the registry finds its flows and variants, and no others", () => {
  for (const { manifest } of modules) expect(findFlow(manifest.id)?.manifest).toBe(manifest);
  for (const variant of everyVariant) expect(findVariant(variant.id)).toBe(variant);
  expect([findFlow("constructor"), findVariant("cookie/none")]).toEqual([undefined, undefined]);
});

const endings = ["replay-after-logout", "replay-after-revoke-all", "password-change"];

describe.for(everyVariant)("the claims of $id", (variant) => {
  const { claims, safety, summary, settings, cannot } = variant;

  test("exist for each experiment, and for no unknown one", () => {
    expect(Object.keys(claims).sort()).toEqual(experiments.map((experiment) => experiment.id).sort());
  });

  test("are about each credential that its client holds and each thief who tries it, once", () => {
    for (const each of experiments) {
      const { id: experiment, replay } = each;
      const wanted = replayedOf(each, variant).flatMap((kind) => replay.thieves.map((by) => `${kind} ${by}`));
      const claimed = claimLines(claims[experiment] ?? [], replay.thieves).map((line) =>
        line.split(" ").slice(0, 2).join(" "),
      );
      expect([experiment, claimed]).toEqual([experiment, wanted.sort()]);
    }
  });

  test("have an end and an authority if exposed, and end at once if refused", () => {
    const all = Object.entries(claims).flatMap(([id, each]) => each.map((claim) => [id, claim] as const));
    for (const [experiment, claim] of all) {
      if (claim.outcome === "exposed") {
        expect(claim.authority).toMatch(experiment === "forge" ? /^forged$/ : /^(current|stale)$/);
        expect(claim.until).not.toBe("at-once");
        expect([experiment, lengthOf(claim.until, settings)]).not.toEqual([experiment, 0]);
      } else expect(claim).toEqual(expect.objectContaining({ until: "at-once" }));
    }
  });

  test("let no credential into another flow", () => {
    for (const { outcome } of claims["cross-flow"] ?? []) expect(outcome).toBe("INVALID_CREDENTIAL");
  });

  if (safety !== "unsafe") {
    test("allow a credential without a key in an unsafe variant only", () => {
      for (const { outcome } of claims["forge"] ?? []) expect(outcome).toBe("INVALID_CREDENTIAL");
    });
  }

  if (settings.store !== undefined && storeModule(settings.store).sharing === "overwritten") {
    test("hold for one process; a variant whose second process revives logins is unsafe", () => {
      expect(safety).toBe("unsafe");
      expect(summary).toMatch(/second process .* live again/);
    });
    return;
  }

  const staleFor: number | undefined = settings.staleFor;
  if (staleFor !== undefined) {
    test("hold for one process; a variant whose second process is late says how long, and is not safe", () => {
      expect(safety).not.toBe("safe");
      expect(summary).toContain(`${staleFor / second} seconds`);
      expect(claims["logout-elsewhere"]?.map(({ until }) => until)).toContain("staleFor");
    });
  } else if (safety === "safe") {
    test("of a safe variant expose no copy after a logout, a revocation of all, a password change or an admin's revocation", () => {
      for (const experiment of [...endings, "logout-elsewhere", "admin-ends-all", "user-disabled"]) {
        const exposed = claims[experiment]?.filter(({ outcome }) => outcome === "exposed");
        expect([experiment, exposed]).toEqual([experiment, []]);
      }
      expect(Object.keys(cannot)).not.toContain("revoke");
    });
  } else {
    test("of another variant expose a copy after a logout, a revocation of all or a password change", () => {
      expect(endings.flatMap((id) => claims[id] ?? []).map(({ outcome }) => outcome)).toContain("exposed");
    });
  }
});

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** What runs of a flow, without its comments. */
function codeOf(id: string): readonly (readonly [string, string])[] {
  const files = readdirSync(join(root, "lib/flows", id)).filter((file) => /^(?!manifest).*(?<!\.test)\.ts$/.test(file));
  expect(files).toContain("flow.ts");
  return files.map((file) => {
    const code = read(`lib/flows/${id}/${file}`).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    return [file, code] as const;
  });
}

/** The server looks the credential up, and no key made it. */
const byIdAlone = everyVariant.filter(
  ({ settings: { proof, algorithm, encoding } }) => proof?.startsWith("id") ?? (!algorithm && !encoding),
);

test.for(byIdAlone)("$id: an id that nothing leads to is not told as changed content", ({ id, means, settings }) => {
  const sentence = means?.INVALID_CREDENTIAL ?? "";
  expect([id, sentence]).toEqual([id, expect.stringMatching(/record|not active/)]);
  // A signed id and a token beside the id are the work of a key.
  const hasKey = settings.id === "signed" || settings.proof === "id-or-token";
  expect([id, /\bkey\b/.test(sentence)]).toEqual([id, hasKey]);
});
