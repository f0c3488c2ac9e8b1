/** Runs once, before the first request. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { boot } = await import("./lib/server/process/boot.ts");
  await boot();
}
