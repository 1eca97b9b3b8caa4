export function ResultsView(_: { premises: string | null }) {
  return null;
}
