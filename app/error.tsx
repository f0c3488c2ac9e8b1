"use client";

import { NoLab } from "./_ui/no-lab.tsx";

/**
 * Shown when a page fails. The server's log has the error under the digest. Without one it failed in this browser, where
 * only a new load fetches a script again.
 */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <NoLab
      title="This page could not be shown"
      detail={
        digest === null
          ? "A script of this page failed in this browser."
          : `An error occurred on the server. Its log has the details under ${digest}.`
      }
      onRetry={digest === null ? () => window.location.reload() : retry}
    />
  );
}
