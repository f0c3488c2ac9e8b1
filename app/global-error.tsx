"use client";

/** The frame of every page could not be drawn, so this one stands alone, without its style sheet. */
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
