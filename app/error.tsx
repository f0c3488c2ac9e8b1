"use client";

import { NoLab } from "./_ui/notices.tsx";

/** A page that could not be drawn. What went wrong is in the server's log, under the digest. */
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
