"use client";

import type { LabView } from "@/lib/lab/lab-view.ts";
import type { Chooser } from "../_browser/choice.ts";
import { changePassword } from "../_browser/lab-calls.ts";
import type { RequestPrincipal } from "../_browser/request-principal.ts";
import { refreshAccessToken } from "../_browser/tokens/token-refresh.ts";
import type { Plugs } from "../_browser/use-plugs.ts";
import { PasswordDialog } from "./password-dialog.tsx";

type PasswordScreenProps = {
  readonly principal: RequestPrincipal;
  readonly view: LabView;
  readonly choice: Chooser;
  readonly plugs: Plugs;
  readonly onClose: () => void;
};

/** Changes the password of the person behind this browser's requests. */
export function PasswordScreen({ principal, view, choice, plugs, onClose }: PasswordScreenProps) {
  const { user, withToken } = principal;
  const person = view.people.find(({ id }) => id === user.id);
  return (
    <PasswordDialog
      username={user.username}
      known={choice.passwordOf(person)}
      asks={withToken ? "the access token" : "the cookies"}
      onClose={onClose}
      onChange={(wish) =>
        plugs.pull(
          "Change password",
          async () => {
            const answer = await changePassword(wish, withToken);
            if (!answer.ok) return answer;
            choice.typePassword(wish.next, user.username);
            // The login that sent the change got new credentials, so the refresh cookie is a new one.
            if (withToken) await refreshAccessToken({ anyway: true });
            return answer;
          },
          `${user.username} has a new password`,
        )
      }
    />
  );
}
