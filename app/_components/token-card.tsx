"use client";

import { useState } from "react";
import type { CredentialView } from "@/lib/core/lab-view.ts";
import { Button } from "./button.tsx";
import { RawValue } from "./credential-chip.tsx";
import { Card } from "./pane.tsx";
import { DecodedToken } from "./token-claims.tsx";

/** A token in its three parts, and what the first two say. */
export function TokenCard({ credential }: { credential: CredentialView }) {
  const [revealed, setRevealed] = useState(false);
  if (!credential.decoded) return null;
  return (
    <Card
      title="The token, taken apart"
      label="The token, taken apart"
      note="encoded, not encrypted: anyone can read it"
    >
      <div className="@container">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-x-5 gap-y-3 @xl:grid-cols-[1fr_1.1fr]">
          <div>
            <div className="code">
              <RawValue value={revealed ? credential.value : withoutSignature(credential.value)} />
            </div>
            <p className="mt-1 text-xs text-dim">
              <span className="font-semibold text-flow">Header</span>, <span className="text-ink">payload</span> and
              signature, joined by dots. Whoever changes one character of the first two needs the server’s key to sign
              anew.
            </p>
            <div className="mt-2">
              <Button onPress={() => setRevealed(!revealed)}>
                {revealed ? "Mask the signature" : "Reveal the signature"}
              </Button>
            </div>
          </div>
          <DecodedToken decoded={credential.decoded} />
        </div>
      </div>
    </Card>
  );
}

/** What it says may be seen by anyone; what makes it count may not. */
function withoutSignature(token: string): string {
  const [header, payload, signature = ""] = token.split(".");
  return [header, payload, `${signature.slice(0, 4)}…${signature.slice(-6)}`].join(".");
}
