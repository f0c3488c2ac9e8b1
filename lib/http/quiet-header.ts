/** Marks a call of the application's own that only reads: pages that watch the lab are not told of it. */
export const quietHeader = "x-loginscope-quiet";
