import type { LoginTimes as Times } from "@/lib/features/attacks/guessing/model.ts";
import { type Distribution, type Histograms, histogramsOf } from "./histogram.ts";

/** Two distributions of times above each other, on one scale. */
export function LoginTimes({ times }: { readonly times: Times }) {
  const drawn = histogramsOf(times);
  const { from, to, beyond } = drawn;
  return (
    <div className="mt-3">
      <OneOfTwo title="alice, whom the lab has" of={drawn.known} scale={drawn} />
      <OneOfTwo title="a name that nobody has" of={drawn.unknown} scale={drawn} />
      <p className="mt-1 flex justify-between text-xs text-faint tabular-nums">
        <span>{from} ms</span>
        <span>{Math.round((from + to) / 2)} ms</span>
        <span>
          {to} ms{beyond > 0 && " and more"}
        </span>
      </p>
    </div>
  );
}

type OneProps = {
  readonly title: string;
  readonly of: Distribution;
  readonly scale: Histograms;
};

const height = 48;

function OneOfTwo({ title, of: { count, bins, median }, scale: { from, to, most } }: OneProps) {
  const width = 100 / bins.length;
  const middle = Math.min(100, (100 * (median - from)) / (to - from));
  const told = `${count} logins by ${title}: half of them took less than ${median.toFixed(1)} ms`;
  return (
    <figure className="mt-3 first:mt-0">
      <figcaption className="flex justify-between gap-4 text-13">
        <span className="font-medium">{title}</span>
        <span className="text-dim tabular-nums">
          {count} logins, median {median.toFixed(1)} ms
        </span>
      </figcaption>
      <svg
        role="img"
        aria-label={told}
        viewBox={`0 0 100 ${height}`}
        preserveAspectRatio="none"
        className="mt-1 block h-14 w-full border-b border-strong"
      >
        {bins.map((inBin, at) => {
          const tall = (inBin / most) * height;
          const x = at * width;
          return (
            <rect key={x} x={x + 0.15} y={height - tall} width={width - 0.3} height={tall} className="fill-faint" />
          );
        })}
        <line
          x1={middle}
          x2={middle}
          y1={0}
          y2={height}
          vectorEffect="non-scaling-stroke"
          className="stroke-ink stroke-2"
        />
      </svg>
    </figure>
  );
}
