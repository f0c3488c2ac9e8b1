import type { ReactNode } from "react";

type ArrivedLineProps = {
  readonly name?: string;
  readonly shown: ReactNode;
  readonly remark: string;
  readonly isStrong?: boolean;
};

/** A line of a request that arrived, with what it tells. Stands in a `dl`. */
export function ArrivedLine({ name, shown, remark, isStrong = false }: ArrivedLineProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-4 @5xl:grid-cols-[minmax(0,1fr)_11rem]">
      <dt className="order-2 font-sans text-xs text-dim">{remark}</dt>
      <dd className={`min-w-0 wrap-anywhere ${isStrong ? "font-semibold" : ""}`}>
        {name !== undefined && <span className="text-dim">{name}: </span>}
        {shown}
      </dd>
    </div>
  );
}
