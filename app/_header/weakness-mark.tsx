import Link from "next/link";

/** On every page while a lab has a weakness on: what the page shows then is not how the flows are. */
export function WeaknessMark({ weaknesses }: { readonly weaknesses: readonly string[] }) {
  if (weaknesses.length === 0) return null;
  return (
    <Link
      href="/attacks"
      prefetch={false}
      className="inline-flex min-h-target items-center rounded-control-small bg-refused-ground px-2 font-semibold whitespace-nowrap text-refused hover:underline"
      title={`On in this lab: ${weaknesses.join("; ")}`}
    >
      {weaknesses.length === 1 ? "weakness on" : `${weaknesses.length} weaknesses on`}
    </Link>
  );
}
