"use client";

import { NoLab } from "./_ui/notices.tsx";

/** Shown when a page fails to render. The server's log has the error under the digest. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <NoLab
      title="This page could not be shown"
      detail={
        digest === null
          ? "An error occurred on the server."
          : `An error occurred on the server. Its log has the details under ${digest}.`
      }
      onRetry={retry}
    />
  );
}
