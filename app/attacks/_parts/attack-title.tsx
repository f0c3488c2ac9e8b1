/** What came of an attack, as the title of its page. `alarm`: that part of it which is a success of the attacker's. */
export function AttackTitle({ calm, alarm }: { readonly calm: string; readonly alarm: string }) {
  return (
    <h1 className="text-xl font-semibold tracking-[-0.025em] text-balance sm:text-[1.875rem] sm:leading-9">
      {calm} {alarm !== "" && <span className="text-refused">{alarm}</span>}
    </h1>
  );
}
