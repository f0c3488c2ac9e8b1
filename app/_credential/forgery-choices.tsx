"use client";

import { useEffect, useMemo, useState } from "react";
import type { MadeForgery } from "@/lib/features/attacks/forgery/model.ts";
import { Button } from "../_ui/controls/button.tsx";
import { SelectField } from "../_ui/controls/select.tsx";

type ChoicesProps = {
  readonly credential: string;
  readonly taken: MadeForgery | null;
  /** `null`: no answer came. */
  readonly onForge: (credential: string) => Promise<readonly MadeForgery[] | null>;
  readonly onTake: (forgery: MadeForgery) => void;
};

/** The forgeries of this credential: a button for those with a short name, and a list of all. */
export function ForgeryChoices({ credential, taken, onForge, onTake }: ChoicesProps) {
  const { made, askAgain } = useForgeries(credential, onForge);
  const options = useMemo(
    () => [{ value: "", label: "any of these" }, ...(made ?? []).map(({ id, title }) => ({ value: id, label: title }))],
    [made],
  );
  if (made === null) return <Button onPress={askAgain}>Ask for forgeries of it again</Button>;
  const choose = (id: string) => {
    const found = made.find((each) => each.id === id);
    if (found) onTake(found);
  };
  return (
    <>
      {made.map(
        (each) =>
          each.short !== null && (
            <Button key={each.id} onPress={() => onTake(each)} label={`${each.short}. ${each.title}`}>
              {each.short}
            </Button>
          ),
      )}
      {made.length > 5 && (
        <span className="grid w-88 max-w-full min-w-0">
          <SelectField
            label="Forge"
            place="beside"
            size="wide"
            options={options}
            value={taken?.id ?? ""}
            onChoose={choose}
          />
        </span>
      )}
    </>
  );
}

const needed = {
  nothing: "made from the credential alone",
  "published-key": "made with the public key",
  "signing-key": "made with this lab’s signing key",
};

/** The rule that the chosen forgery is about, and its source. */
export function ForgeryTitle({ forgery: { title, source, needs } }: { forgery: MadeForgery }) {
  return (
    <p className="mb-2 text-13">
      {title}.{" "}
      <span className="text-dim">
        {source}; {needed[needs]}.
      </span>
    </p>
  );
}

/** They are made on the server, once for each credential. None until then. */
function useForgeries(credential: string, onForge: ChoicesProps["onForge"]) {
  const [made, setMade] = useState<readonly MadeForgery[] | null>([]);
  const [forge] = useState(() => onForge);
  useEffect(() => {
    let isShown = true;
    void forge(credential).then((found) => {
      if (isShown) setMade(found);
    });
    return () => {
      isShown = false;
    };
  }, [credential, forge]);
  return { made, askAgain: () => void forge(credential).then(setMade) };
}
