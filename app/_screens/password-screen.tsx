"use client";

import type { LabView } from "@/lib/core/lab-view.ts";
import { changePassword } from "../_client/lab-calls.ts";
import { refreshAccessToken } from "../_client/token-refresh.ts";
import { PasswordDialog } from "../_components/password-dialog.tsx";
import type { Chooser } from "./choice.ts";
import type { Speaker } from "./speaker.ts";
import type { Plugs } from "./use-plugs.ts";

type PasswordScreenProps = {
  readonly speaker: Speaker;
  readonly view: LabView;
  readonly choice: Chooser;
  readonly plugs: Plugs;
  readonly onClose: () => void;
};

/** A new password for whoever this browser speaks for. */
export function PasswordScreen({ speaker, view, choice, plugs, onClose }: PasswordScreenProps) {
  const { user, withToken } = speaker;
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
            // The login that asked was issued anew: its refresh token in the jar is another one now.
            if (withToken) await refreshAccessToken({ anyway: true });
            return answer;
          },
          `${user.username} has a new password; the other logins ended as far as their flows can end them`,
        )
      }
    />
  );
}
