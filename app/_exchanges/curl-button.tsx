"use client";

import { useState } from "react";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import { usePeople } from "../_browser/lab-provider.tsx";
import { Button } from "../_ui/controls/button.tsx";
import { curlCommand, curlWarning } from "./curl-command.ts";

/** Copies an exchange's request as a command. The command has the credentials that the page masks. */
export function CurlButton({ exchange }: { exchange: Exchange }) {
  const people = usePeople();
  const [copied, setCopied] = useState<"yes" | "no" | null>(null);
  const passwords = Object.fromEntries(
    people.flatMap(({ username, password }) => (password === null ? [] : [[username, password]])),
  );
  const copy = () => {
    // Outside a secure context there is no clipboard.
    const written = navigator.clipboard?.writeText(curlCommand(exchange, window.location.origin, passwords));
    if (!written) return setCopied("no");
    return void written.then(
      () => setCopied("yes"),
      () => setCopied("no"),
    );
  };
  const warning = curlWarning(exchange);
  return (
    <>
      <Button onPress={copy}>Copy as curl</Button>
      <p role="status" className="mt-1 text-xs text-dim">
        {warning}
        {copied === "yes" && " Copied. If it carries a credential, a live one is on the clipboard now."}
        {copied === "no" && " This page may not write to the clipboard."}
      </p>
    </>
  );
}
