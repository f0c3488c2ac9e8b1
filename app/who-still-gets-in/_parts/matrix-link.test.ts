import { expect, test } from "vitest";
import { experiments } from "@/lib/lab/experiments.ts";
import { matrixVariants } from "@/lib/server/view/lab-view.ts";
import { addressOf, neighbourOf, readLink, scopeOf, selectedIn } from "./matrix-link.ts";

const all = { variants: matrixVariants, experiments };
const read = (address: string) =>
  readLink(Object.fromEntries(new URL(address, "https://login.example").searchParams), all);

test("without choices the page opens on one variant of each flow by ten events", () => {
  const link = read("/who-still-gets-in");
  const { variants, experiments: events } = scopeOf(link, all);
  expect(link.view).toBe("class");
  expect(variants.map(({ id }) => id)).toEqual([
    "cookie/sealed",
    "server-session/sql",
    "memory-jwt/rotating",
    "hybrid/allowlist",
  ]);
  expect(variants.flatMap(({ credentials }) => credentials)).toHaveLength(5);
  expect(events).toHaveLength(10);
});

test("an address keeps every choice", () => {
  for (const address of [
    "/who-still-gets-in",
    "/who-still-gets-in?view=all",
    "/who-still-gets-in?thief=active&flow=hybrid&variant=hybrid/gateway&experiment=second-node",
    "/who-still-gets-in?variant=memory-jwt/rotating&experiment=replay-after-logout&credential=refresh&cell=closed",
  ])
    expect(addressOf(read(address))).toBe(address);
});

test("a link to a cell opens it, in the view for a class if that has it, else in the view of all", () => {
  expect(read("?variant=cookie/sealed&experiment=password-change")).toMatchObject({ view: "class", isOpen: true });
  expect(read("?variant=cookie/signed&experiment=password-change")).toMatchObject({ view: "all", isOpen: true });
  expect(read("?variant=cookie/sealed&experiment=forge")).toMatchObject({ view: "all", isOpen: true });
});

test("names that nothing has are ignored", () => {
  expect(read("?flow=none&variant=cookie/none&experiment=password-change")).toEqual(read(""));
  expect(read("?variant=cookie/sealed&experiment=none")).toEqual(read(""));
});

test("the selected cell is the linked one, or the logout that a copied access token outlives", () => {
  const selectedBy = (address: string) => {
    const link = read(address);
    const { variant, experiment, credential } = selectedIn(link, scopeOf(link, all)) ?? {};
    return [experiment?.id, variant?.id, credential];
  };
  expect(selectedBy("")).toEqual(["replay-after-logout", "memory-jwt/rotating", "access"]);
  expect(selectedBy("?variant=memory-jwt/rotating&experiment=user-disabled&credential=refresh")).toEqual([
    "user-disabled",
    "memory-jwt/rotating",
    "refresh",
  ]);
  // A cookie has nothing that renews it.
  expect(selectedBy("?variant=cookie/sealed&experiment=user-disabled&credential=refresh")[2]).toBe("access");
});

test("the steps of an open cell go through the rows in order, and end with the last cell", () => {
  const link = read("?variant=hybrid/allowlist&experiment=replay-after-logout");
  const scope = scopeOf(link, all);
  const selected = selectedIn(link, scope);
  if (!selected) throw new Error("nothing is selected");
  expect(neighbourOf(selected, "class", scope, -1)).toEqual({
    variant: "memory-jwt/rotating",
    experiment: "replay-after-logout",
  });
  expect(neighbourOf(selected, "class", scope, 1)).toEqual({
    variant: "cookie/sealed",
    experiment: "replay-after-revoke-all",
  });
  const last = { ...selected, experiment: scope.experiments.at(-1) ?? selected.experiment };
  expect(neighbourOf(last, "class", scope, 1)).toBeNull();
});
