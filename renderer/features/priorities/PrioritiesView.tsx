export function PrioritiesView() {
  return (
    <section className="view" aria-label="Priorities">
      <h1>Priorities</h1>
    </section>
  );
}
