/** `cookie`, `server-session`, `memory-jwt` or `hybrid`: an id of the registry, which is the one list of flows. */
export type FlowId = string;

/** `<flow>/<variant>`, such as `server-session/sql`. */
export type VariantId = `${string}/${string}`;
