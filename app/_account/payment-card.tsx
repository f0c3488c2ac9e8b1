import { Card } from "../_ui/card.tsx";
import { Button } from "../_ui/controls/button.tsx";
import { Countdown } from "../_ui/lab-time.tsx";
import { type Outcome, OutcomeLine } from "../_ui/outcome-line.tsx";

/** What is paid here, which a transfer would ask for a fresh login first. */
export const paymentAmount = 60;

type PaymentCardProps = {
  /** The name of its cookie. */
  readonly cookie: string;
  /** Who gets in with this browser's credential, if anybody does. */
  readonly username: string | null;
  /** When the session that was opened or looked at ends; `null`: none that this page knows of. */
  readonly endsAt: string | null;
  readonly receiver: string | undefined;
  readonly busy: boolean;
  readonly outcome: Outcome | undefined;
  readonly onOpen: () => void;
  readonly onPay: () => void;
  readonly onLook: () => void;
  readonly onEnd: () => void;
};

/** A short session beside the login, with a cookie of its own, for the one thing that is worth one. */
export function PaymentCard(props: PaymentCardProps) {
  const { cookie, username, endsAt, receiver, busy, outcome } = props;
  const unavailable = username === null ? "A payment session needs an accepted login." : undefined;
  return (
    <Card title="Payment session" label="Payment session" note="15 minutes">
      <p className="text-13 text-dim">
        {endsAt === null ? (
          <>
            It has its own id in <span className="font-mono text-xs text-ink">{cookie}</span>. Opening it needs a login
            from the last five minutes. It pays any amount and ends with the login.
          </>
        ) : (
          <>
            <span className="font-medium text-ink">Open</span>, <Countdown at={endsAt} lead="ends in" />. It pays any
            amount without asking for the password.
          </>
        )}
      </p>
      <div className="mt-2.5 flex flex-wrap items-center gap-1.5">
        <Button busy={busy} unavailable={unavailable} onPress={props.onOpen}>
          Open
        </Button>
        <Button
          busy={busy}
          unavailable={receiver === undefined ? "There is no other person to pay." : undefined}
          onPress={props.onPay}
        >
          Pay {paymentAmount} to {receiver ?? "another person"}
        </Button>
        <Button busy={busy} label="Look at the payment session" onPress={props.onLook}>
          Look
        </Button>
        <Button busy={busy} label="End the payment session" onPress={props.onEnd}>
          End
        </Button>
      </div>
      <OutcomeLine outcome={outcome} />
    </Card>
  );
}
