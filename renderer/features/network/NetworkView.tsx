export function NetworkView() {
  return (
    <section className="view" aria-label="Network">
      <h1>Network</h1>
    </section>
  );
}
