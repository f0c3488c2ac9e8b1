/** The names that recordings have, whatever port the tests use. */
export const usualHosts = {
  victim: "http://app.localhost:3000",
  sibling: "http://evil.app.localhost:3000",
  attacker: "http://evil.localhost:3000",
  otherPort: "http://app.localhost:3001",
};
