"use client";

/** Shown when the root layout fails. It has no style sheet. An error of the server has a digest. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const onServer = error instanceof Error && "digest" in error;
  return (
    <html lang="en">
      <body>
        <title>Loginscope</title>
        <h1>Loginscope could not show this page</h1>
        <p>
          {onServer
            ? "An error occurred on the server. Its log has the details."
            : "A script of this page failed in this browser."}
        </p>
        <button type="button" onClick={() => (onServer ? retry() : window.location.reload())}>
          Try again
        </button>
      </body>
    </html>
  );
}
