import type { Metadata } from "next";
import Link from "next/link";
import { PageTitle } from "./_ui/page-title.tsx";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <section className="card mx-auto mt-10 grid max-w-lg gap-2 px-6 py-5">
      <p className="font-mono text-xs text-dim">404 NOT_FOUND</p>
      <PageTitle small>There is no page at this address</PageTitle>
      <p>
        <Link href="/" className="underline underline-offset-3">
          Back to the dashboard
        </Link>
      </p>
    </section>
  );
}
