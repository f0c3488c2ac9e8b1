/** An answer's status and the code of a refusal, as words beside the colour. */
export function StatusWords({ status, code }: { status: number; code: string | null }) {
  const refused = status >= 400;
  return (
    <span className={`font-mono text-xs font-semibold ${refused ? "text-refused" : "text-accepted"}`}>
      {status}
      {code !== null && <span className="font-normal"> {code}</span>}
    </span>
  );
}
