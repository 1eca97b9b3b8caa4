import { ViewHead } from '../../ui/ViewHead.tsx';

export function ChartView({ reference }: { reference: string | null }) {
  return (
    <section className="view" aria-label="Link chart">
      <ViewHead title="Link chart" note={reference ?? undefined} />
    </section>
  );
}
