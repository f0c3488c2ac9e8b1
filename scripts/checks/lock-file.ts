/** The conditions on `package-lock.json` for `npm ci` to work on every supported system. */

/** The supported systems, with npm's names for `--os` and `--cpu`. */
export const systems = ["linux/x64", "linux/arm64", "darwin/arm64", "darwin/x64", "win32/x64"] as const;

/** The part of a lock file that is read here (npm's `lockfileVersion` 3). */
export type LockFile = {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly integrity?: string; readonly inBundle?: boolean }>
  >;
};

/**
 * Entries without a version cannot be installed by `npm ci`, and entries without a hash could be replaced unseen.
 * A bundled package arrives inside another one and shares its hash. The first entry is the project itself.
 */
export function faultsOf({ packages }: LockFile): readonly string[] {
  return Object.entries(packages).flatMap(([path, { version, integrity, inBundle }]) => {
    if (path === "") return [];
    return [
      ...(version ? [] : [`${path} has no version`]),
      ...(integrity || inBundle ? [] : [`${path} has no integrity`]),
    ];
  });
}
