/** The reason in an ended record, as the end of the phrase "ended by". */
export function reasonWords(reason: string): string {
  switch (reason) {
    case "revoked":
      return "revocation";
    case "replaced":
      return "a newer login";
    case "reuse-detected":
      return "reuse of a refresh token";
    case "user version raised":
      return "a raised user version";
    case "user disabled":
      return "disabling the user";
    default:
      return reason.replaceAll("-", " ");
  }
}
