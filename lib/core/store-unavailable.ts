/**
 * Thrown by a store that cannot answer now. The login cannot be judged then, so access is refused: the edge answers
 * STORE_UNAVAILABLE. A missing answer never counts as "no record".
 */
export class StoreUnavailable extends Error {
  constructor(store: string, options?: ErrorOptions) {
    super(`The store ${store} does not answer`, options);
  }
}
