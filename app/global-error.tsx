"use client";

/** The frame of every page could not be drawn, so this one stands alone, without its style sheet. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Loginscope</title>
        <h1>Loginscope could not draw this page</h1>
        <p>Something under it is broken; the server’s log says what.</p>
        <button type="button" onClick={() => retry()}>
          Try again
        </button>
      </body>
    </html>
  );
}
