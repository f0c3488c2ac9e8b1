"use client";

import { NoLab } from "./_ui/notices.tsx";

/** A page that could not be drawn. What went wrong is in the server's log, under the digest. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <NoLab
      title="This page could not be drawn"
      detail={
        digest === null
          ? "Something under it is broken."
          : `Something under it is broken. In the server’s log: ${digest}.`
      }
      onRetry={retry}
    />
  );
}
