import type { Metadata } from "next";
import Link from "next/link";

export const metadata: Metadata = { title: "Nothing here" };

export default function NotFound() {
  return (
    <section className="card mx-auto mt-10 grid max-w-lg gap-2 px-6 py-5">
      <p className="font-mono text-xs text-dim">404 NOT_FOUND</p>
      <h1 className="text-xl font-semibold tracking-[-0.02em]">There is no page at this address</h1>
      <p>
        <Link href="/" className="underline underline-offset-3">
          Back to the dashboard
        </Link>
      </p>
    </section>
  );
}
