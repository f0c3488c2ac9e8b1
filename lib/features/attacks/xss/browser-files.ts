import { repository } from "../../source/repository.ts";

const folder = "lib/features/attacks/xss/browser";

/** What the attacker's host serves. */
export const injectedFile = "injected.js";

/** What the vulnerable host serves. */
const pageFiles: ReadonlySet<string> = new Set(["alice.js", "shop.js", "token-worker.js"]);

export function isPageFile(name: string): boolean {
  return pageFiles.has(name);
}

/** A script as it is in the repository, and as a browser gets it. */
export function browserFile(name: string): string {
  return repository().read(`${folder}/${name}`);
}

export function pathOfFile(name: string): string {
  return `${folder}/${name}`;
}
