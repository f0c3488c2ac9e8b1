/** A broken server (5xx) or a limit on requests (429) gives no verdict: that is no refusal by a defence, and no success. */
export function saysNothing({ status }: { readonly status: number }): boolean {
  return status >= 500 || status === 429;
}
