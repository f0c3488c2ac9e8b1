export default function Acted() {
  return "It acted.";
}
