/** A process never holds more than this in its memory; of records and characters of data so many in one flow of a lab, also in a file. */
export const bounds = { labs: 500, records: 1000, data: 256 * 1024, cached: 10_000 };
