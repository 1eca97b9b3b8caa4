export function ChartView(_props: { from: readonly string[] }) {
  return (
    <section className="view" aria-label="Link chart">
      <h1>Link chart</h1>
    </section>
  );
}
