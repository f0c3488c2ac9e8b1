/**
 * Thrown by a store that cannot answer now. Nobody knows then whether a login still counts, so nobody gets in:
 * the edge answers STORE_UNAVAILABLE, and never takes the absence of an answer for one.
 */
export class StoreUnavailable extends Error {
  constructor(store: string, options?: ErrorOptions) {
    super(`The store ${store} does not answer`, options);
  }
}
