import { Card } from "../_ui/card.tsx";
import { Button } from "../_ui/controls/button.tsx";
import { Countdown } from "../_ui/lab-time.tsx";
import { type Outcome, OutcomeLine } from "../_ui/outcome-line.tsx";

/** The amount of a payment. A transfer of this amount would need a fresh login. */
export const paymentAmount = 60;

type PaymentCardProps = {
  /** The name of the payment session's cookie. */
  readonly cookie: string;
  /** The person whose login is accepted in this browser, if there is one. */
  readonly username: string | null;
  /** When the payment session ends. `null`: the page knows of no open session. */
  readonly endsAt: string | null;
  readonly receiver: string | undefined;
  readonly busy: boolean;
  readonly outcome: Outcome | undefined;
  readonly onOpen: () => void;
  readonly onPay: () => void;
  readonly onLook: () => void;
  readonly onEnd: () => void;
};

/** A short session beside the login, with its own cookie, for payments only. */
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
