"use client";

import { useState } from "react";
import type { KeyTold, LeakedKeyPlay } from "@/lib/features/attacks/leaked-key/model.ts";
import { useLab } from "../../../_browser/lab-provider.tsx";
import { Button } from "../../../_ui/controls/button.tsx";
import { SelectField } from "../../../_ui/controls/select.tsx";
import { AttackFrame } from "../../_parts/attack-frame.tsx";
import { AttackTitle } from "../../_parts/attack-title.tsx";
import { NotPlayed } from "../../_parts/not-played.tsx";
import { CapturedCookies, SaidTwice, Services } from "./findings.tsx";
import { ForgingDesk } from "./forging-desk.tsx";
import { headingOf } from "./leaked-key-heading.ts";
import type { LeakedVariant } from "./leaked-variant.ts";
import { RotationTables } from "./rotation-tables.tsx";
import { useLeakedKey } from "./use-leaked-key.ts";
import { VariantRows } from "./variant-rows.tsx";

type ScreenProps = {
  readonly keys: readonly KeyTold[];
  readonly variants: readonly LeakedVariant[];
  /** The key in the address. */
  readonly linked: string | null;
};

/** Where the page begins: the key that most variants stand on. */
const usual = "EdDSA";

/** One leaked key: what is written with it, who believes it, and what ends it. */
export function LeakedKeyScreen(props: ScreenProps) {
  const lab = useLab();
  return (
    <AttackFrame isWhite>
      {lab.view && (
        <LeakedKey {...props} madeAt={lab.view.lab.madeAt} people={lab.view.people.map(({ username }) => username)} />
      )}
    </AttackFrame>
  );
}

type LeakedKeyProps = ScreenProps & { readonly madeAt: string; readonly people: readonly string[] };

function LeakedKey({ keys, variants, linked, madeAt, people }: LeakedKeyProps) {
  const first = keys.find(({ id }) => id === linked) ?? keys.find(({ id }) => id === usual) ?? keys[0];
  const [told, setTold] = useState(first);
  const [as, setAs] = useState(people.includes("admin") ? "admin" : (people[0] ?? ""));
  const [chosen, setChosen] = useState<string | null>(null);
  const leaked = useLeakedKey(madeAt);
  if (!told) return null;
  const under = variants.filter(({ keys: own, forgedAs }) => own.includes(told.id) && forgedAs === "browser");
  const variant = under.find(({ id }) => id === chosen) ?? under[0];
  const { calm, alarm, below } = headingOf(told, as, leaked.play);
  const choose = (id: string) => {
    setTold(keys.find((each) => each.id === id) ?? told);
    setChosen(null);
    leaked.forget();
  };
  return (
    <section aria-label="Leaked key">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <span className="grid w-88 max-w-full min-w-0">
          <SelectField
            label="The key that leaked"
            size="wide"
            options={keys.map(({ id, title }) => ({ value: id, label: title }))}
            value={told.id}
            onChoose={choose}
          />
        </span>
        <SelectField
          label="The thief wants to be"
          options={people.map((each) => ({ value: each, label: each }))}
          value={as}
          onChoose={(person) => {
            setAs(person);
            leaked.forget();
          }}
        />
        <div className="ml-auto">
          <Button
            kind="primary"
            size="normal"
            busy={leaked.isPlaying}
            onPress={() => leaked.start(told.id, variant?.id, as)}
          >
            {leaked.play ? "Play again" : "Forge and send"}
          </Button>
        </div>
      </div>
      <div className="mt-5" aria-live="polite">
        <AttackTitle calm={calm} alarm={alarm} />
        <p className="mt-1 min-h-5 text-dim">{leaked.isPlaying ? "Credentials are being written and sent." : below}</p>
      </div>
      <NotPlayed problem={leaked.problem} />
      <ForgingDesk
        told={told}
        shown={leaked.shown.find(({ id }) => id === told.id)}
        under={under}
        variant={variant}
        made={leaked.made}
        onChoose={(id) => {
          setChosen(id);
          leaked.make(told.id, id, as);
        }}
      />
      <VariantRows chosen={told.id} variants={variants} played={leaked.play?.tried ? leaked.play.variants : []} />
      {leaked.play?.tried && <Findings play={leaked.play} />}
    </section>
  );
}

/** What was found besides: what ends it, and what does not. */
function Findings({ play }: { readonly play: Extract<LeakedKeyPlay, { tried: true }> }) {
  const { rotation, services, captured, variants } = play;
  return (
    <>
      {rotation && <RotationTables rotation={rotation} title={rotation.variant} />}
      {services.length > 0 && <Services services={services} />}
      {captured.length > 0 && <CapturedCookies captured={captured} />}
      {variants.some(({ twice }) => twice !== null) && <SaidTwice variants={variants} />}
    </>
  );
}
