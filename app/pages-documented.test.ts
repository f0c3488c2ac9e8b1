import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { attackRows } from "../lib/features/attacks/overview/rows.ts";
import { stories } from "../lib/features/lessons/stories.ts";
import { flows } from "../lib/flows/registry.ts";
import { attackPages } from "./_header/attack-pages.ts";
import { dashboard, entries, type HeaderEntry, labPages } from "./_header/header-pages.ts";

const table = readFileSync("docs/pages.md", "utf8");

/** The address of a page's folder, up to its first parameter. */
const addresses = globSync("app/**/page.tsx").map((path) => {
  const folders = path.split(/[\\/]/).slice(1, -1);
  const named = folders.filter((folder) => !folder.startsWith("("));
  const parameter = named.findIndex((folder) => folder.startsWith("["));
  return `/${(parameter < 0 ? named : named.slice(0, parameter)).join("/")}`;
});

test("docs/pages.md names every page", () => {
  expect(addresses.length).toBeGreaterThan(10);
  expect(addresses.filter((address) => !table.includes(`\`${address}`))).toEqual([]);
});

test("every link of the header leads to a page", () => {
  const listed: readonly HeaderEntry[] = [dashboard, ...entries, ...attackPages, ...labPages];
  const links = listed.flatMap((entry) => ("pages" in entry ? entry.pages.map(({ href }) => href) : [entry.href]));
  expect(links.length).toBeGreaterThan(8);
  const lessons = stories.map(({ name }) => `/lesson/${name}`);
  expect(links.filter((href) => ![...addresses, ...lessons].includes(href))).toEqual([]);
  expect(lessons.filter((href) => !links.includes(href))).toEqual([]);
});

test("every attack with a page is listed for those who look for pages, and leads there from the overview", () => {
  const below = [...new Set(addresses.filter((address) => address.startsWith("/attacks/")))].sort();
  expect(attackPages.map(({ href }) => href).sort()).toEqual(below);
  const rows = attackRows(flows.map(({ manifest }) => manifest));
  expect([...new Set(rows.map(({ href }) => href))].sort()).toEqual(below);
});
