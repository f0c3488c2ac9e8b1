import { redirect } from "next/navigation";

/** It acts: a redirect says so. */
async function act() {
  "use server";
  redirect("/acted");
}

/** A form whose action is a Server Action, as Next.js writes it for a browser without scripts. */
export default function Page() {
  return (
    <form action={act}>
      <button type="submit">Act</button>
    </form>
  );
}
