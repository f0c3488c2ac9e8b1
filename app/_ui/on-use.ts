import { type ComponentType, lazy } from "react";

/**
 * A component whose script is loaded when it is first drawn; the `Suspense` around it says what stands there meanwhile. It
 * is React’s own: what Next.js has for this costs every page a kilobyte.
 */
export function onUse<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await load() }));
}
