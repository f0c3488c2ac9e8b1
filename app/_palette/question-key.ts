const kept = "loginscope question key";

/** Whether `?` opens the palette. A key of one character can be turned off (WCAG 2.1.4). */
export function isQuestionOn(): boolean {
  try {
    return localStorage.getItem(kept) !== "off";
  } catch {
    return true;
  }
}

export function turnQuestion(isOn: boolean): void {
  try {
    // A choice of the reader, as theme and size are (ASVS 14.3.3).
    localStorage.setItem(kept, isOn ? "on" : "off");
  } catch {
    // The browser blocks storage, so the choice is lost when the page is left.
  }
}
