"use client";

import { useState } from "react";
import { weaknessIds, weaknessTitles } from "@/lib/features/attacks/weaknesses/model.ts";
import { ask } from "../../_browser/api.ts";
import { useLab } from "../../_browser/lab-provider.tsx";
import { CheckField } from "../../_ui/controls/check-field.tsx";

/** The weaknesses of this lab, to turn on and off. `on`: the titles of those that are on. */
export function WeaknessSwitches({ on }: { readonly on: readonly string[] }) {
  const { reread } = useLab();
  const [problem, setProblem] = useState<string | null>(null);
  const turn = async (weakness: string, isOn: boolean) => {
    const answer = await ask("/api/lab/attacks/weaknesses", { method: "PATCH", body: { weakness, on: isOn } });
    setProblem(answer.ok ? null : answer.detail);
    await reread();
  };
  return (
    <section aria-label="Weaknesses" className="mt-8 border-t border-strong pt-3">
      <h2 className="font-semibold">Weaknesses of this lab</h2>
      <p className="max-w-lead text-13 text-dim">
        Each takes one defence away, for this lab alone. While one is on, every page has a mark that says so. A play
        turns those that it needs on and off again.
      </p>
      <ul className="mt-2 grid gap-1">
        {weaknessIds.map((id) => (
          <li key={id}>
            <CheckField checked={on.includes(weaknessTitles[id])} onChange={(isOn) => void turn(id, isOn)}>
              {weaknessTitles[id]}
            </CheckField>
          </li>
        ))}
      </ul>
      {problem !== null && (
        <p role="alert" className="mt-1 text-13 text-refused">
          {problem}
        </p>
      )}
    </section>
  );
}
