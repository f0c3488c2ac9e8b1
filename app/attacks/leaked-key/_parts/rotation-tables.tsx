import { duration } from "@/lib/core/time.ts";
import type { PlayedRotation, RotationMoment } from "@/lib/features/attacks/leaked-key/model.ts";
import { Answer } from "./answer.tsx";

/** The same rotation with overlap and without. At each moment the thief writes a new credential with the old key. */
export function RotationTables({ rotation, title }: { readonly rotation: PlayedRotation; readonly title: string }) {
  const left = rotation.overlap.at(-1)?.seconds ?? 0;
  return (
    <section aria-label="Rotation" className="@container mt-8">
      <h2 className="text-lg font-semibold tracking-[-0.02em]">
        A rotation with overlap keeps the key good for {duration(left * 1000)}. One without logs everybody out.
      </h2>
      <p className="mt-0.5 text-13 text-dim">
        {title}, in labs of their own. At each moment the thief writes a new credential with the key that leaked; alice
        and bob send what they were given.
      </p>
      <div className="mt-3 grid gap-x-10 gap-y-5 @4xl:grid-cols-2">
        <Lane title="With overlap" moments={rotation.overlap} />
        <Lane title="Without overlap" moments={rotation.cut} />
      </div>
    </section>
  );
}

function Lane({ title, moments }: { readonly title: string; readonly moments: readonly RotationMoment[] }) {
  return (
    <table className="w-full text-left text-13">
      <caption className="pb-1.5 text-left text-sm font-semibold">{title}</caption>
      <thead className="text-xs text-faint">
        <tr className="border-b border-strong">
          <th scope="col" className="py-1 pr-3 pl-2 font-normal">
            When
          </th>
          <th scope="col" className="py-1 pr-3 font-normal">
            The thief
          </th>
          <th scope="col" className="py-1 font-normal">
            alice and bob
          </th>
        </tr>
      </thead>
      <tbody>
        {moments.map((moment) => (
          <tr
            key={moment.title}
            className={`border-b border-line align-top ${moment.thief.code === null ? "bg-refused-ground" : ""}`}
          >
            <th scope="row" className="py-2 pr-3 pl-2 font-normal">
              {moment.title}
              {moment.seconds > 60 && <span className="block text-xs text-dim">{duration(moment.seconds * 1000)}</span>}
            </th>
            <td className="py-2 pr-3">
              <Answer answer={moment.thief} gotIn="STILL IN" />
            </td>
            <td className="py-2">
              <Honest honest={moment.honest} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Honest({ honest }: { readonly honest: RotationMoment["honest"] }) {
  if (honest.in === honest.of) return <>both in</>;
  return (
    <>
      <b className="font-semibold">{honest.in === 0 ? "both out" : `${honest.in} of ${honest.of} in`}</b>
      <span className="hidden font-mono text-xs text-dim @2xl:block">{honest.code}</span>
    </>
  );
}
