import { useState } from "react";

/** The play that is shown: the one that was played here, else the recorded one of the browser that is chosen. */
export function useShownPlay<Play extends { readonly browser: string }>(recorded: readonly Play[], live: Play | null) {
  const [browser, setBrowser] = useState(recorded[0]?.browser ?? "");
  const kept = recorded.find((each) => each.browser === browser) ?? recorded[0];
  return {
    play: live ?? kept,
    choice: { browsers: recorded.map((each) => each.browser), chosen: browser, onChoose: setBrowser },
  };
}
