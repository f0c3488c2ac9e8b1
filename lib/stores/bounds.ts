/**
 * The most that a process holds in memory; for records and session data, the most of one flow of a lab, also in a file.
 */
export const bounds = { labs: 500, records: 1000, data: 256 * 1024, cached: 10_000 };
