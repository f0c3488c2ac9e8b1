/** The environment variable by which a server that is only tested hashes passwords cheaply. It has no other options of Node.js. */
export const withCheapHashes = { NODE_OPTIONS: `--import=${new URL("./cheap-hashes.ts", import.meta.url)}` } as const;
