/**
 * Finds sensitive data in a payload that anyone can read: a password, an e-mail address, a card number. One sentence
 * each, which names the place and not the value.
 */
export function sensitiveDataIn(payload: unknown): readonly string[] {
  return [...new Set(membersOf(payload, []).flatMap(warningsAbout))];
}

type Member = { readonly path: readonly string[]; readonly value: unknown };

function membersOf(value: unknown, path: readonly string[]): readonly Member[] {
  if (typeof value !== "object" || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([name, member]) => membersOf(member, [...path, name]));
}

const passwordNames = /(password|passwd|pwd|passphrase|secret)$|^(pin|cvv|cvc)$/;
/** 14 to 19 digits, in groups or not; what stands in a path, or next to letters, is part of an id. */
const manyDigits = /(?<![\w/-])\d(?:[ -]?\d){13,18}(?![\w-])/g;

function warningsAbout({ path, value }: Member): readonly string[] {
  if ((typeof value !== "string" && typeof value !== "number") || value === "") return [];
  const text = String(value);
  const name = (path.at(-1) ?? "").toLowerCase().replaceAll(/[_-]/g, "");
  const where = path.join(".") || "It";
  return [
    ...(passwordNames.test(name) ? [`${where} looks like a password.`] : []),
    ...(hasEmailAddress(text) ? [`${where} has an e-mail address in it.`] : []),
    ...((text.match(manyDigits) ?? []).some(isCardNumber) ? [`${where} has a card number in it.`] : []),
  ];
}

/** A word with an @ inside, behind which stands a dot that is neither first nor last. */
function hasEmailAddress(text: string): boolean {
  return text.split(/\s/).some((word) => {
    const parts = word.split("@");
    return parts.some((part, at) => at > 0 && parts[at - 1] !== "" && part.slice(1, -1).includes("."));
  });
}

/** The first digits of those who issue cards (ISO/IEC 7812-1), and the check digit by Luhn: a time in milliseconds has neither. */
function isCardNumber(text: string): boolean {
  const digits = text.replaceAll(/\D/g, "");
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return /^([3-6]|2[2-7])/.test(digits) && sum % 10 === 0;
}
