export function TimelineView() {
  return (
    <section className="view" aria-label="Timeline">
      <h1>Timeline</h1>
    </section>
  );
}
