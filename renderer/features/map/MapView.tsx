export function MapView() {
  return (
    <section className="view" aria-label="Map">
      <h1>Map</h1>
    </section>
  );
}
