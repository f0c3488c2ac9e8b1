"use client";

import Eye from "lucide-react/icons/eye";
import EyeOff from "lucide-react/icons/eye-off";
import { useState } from "react";
import type { CredentialView } from "@/lib/lab/lab-view.ts";
import { IconButton } from "../_ui/controls/button.tsx";
import { CopyButton } from "../_ui/controls/copying.tsx";
import { isWithheld, masked } from "../_ui/mask.ts";

type ChipProps = {
  readonly credential: Pick<CredentialView, "name" | "value">;
  /** The server no longer accepts it. */
  readonly over?: boolean;
};

/** A credential, drawn the same way everywhere. It is masked until the person reveals it. */
export function CredentialChip({ credential, over = false }: ChipProps) {
  const [revealed, setRevealed] = useState(false);
  const { name, value } = credential;
  return (
    <div
      data-testid="credential"
      className={`rounded-lg border border-flow/30 bg-flow-ground py-0.5 pr-1 pl-2 font-mono text-xs ${over ? "border-dashed" : ""}`}
    >
      <div className="flex min-w-0 items-center gap-1">
        <span className={`flex min-w-0 flex-1 flex-wrap gap-x-2 ${over ? "line-through" : ""}`}>
          <span className="font-semibold whitespace-nowrap text-flow">{name}</span>
          <span className="whitespace-nowrap text-dim">{revealed ? "" : masked(value)}</span>
        </span>
        {!isWithheld(value) && (
          <>
            <IconButton label={revealed ? "Hide" : "Reveal"} onPress={() => setRevealed(!revealed)}>
              {revealed ? <EyeOff className="size-3.5" aria-hidden /> : <Eye className="size-3.5" aria-hidden />}
            </IconButton>
            <CopyButton text={value} what={name} />
          </>
        )}
      </div>
      {revealed && <RawValue value={value} />}
    </div>
  );
}

/** A token is drawn in its three parts. Other credentials are one string. */
function RawValue({ value }: { value: string }) {
  const parts = value.split(".");
  const isToken = parts.length === 3 && value.startsWith("eyJ");
  return (
    <p className="pr-1 pb-1 wrap-anywhere">
      {isToken ? (
        <>
          <span className="font-semibold text-flow">{parts[0]}</span>.<span>{parts[1]}</span>.
          <span className="text-faint">{parts[2]}</span>
        </>
      ) : (
        value
      )}
    </p>
  );
}
