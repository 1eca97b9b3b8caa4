export function ExchangeSection() {
  return <section aria-label="Exchange" />;
}
