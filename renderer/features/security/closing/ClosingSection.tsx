export function ClosingSection() {
  return <section aria-label="Closing down" />;
}
