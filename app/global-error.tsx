"use client";

/** Shown when the root layout fails to render. It has no style sheet. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Loginscope</title>
        <h1>Loginscope could not show this page</h1>
        <p>An error occurred on the server. Its log has the details.</p>
        <button type="button" onClick={() => retry()}>
          Try again
        </button>
      </body>
    </html>
  );
}
