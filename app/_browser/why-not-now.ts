/** What a limit says, without the seconds to wait: the page counts those down. */
export function whyNotNow(detail: string): string {
  return detail.replace(/ Wait \d{1,7} seconds, then try again\.$/, "");
}
