import { ViewHead } from '../../ui/ViewHead.tsx';

export function TimelineView({ reference }: { reference: string | null }) {
  return (
    <section className="view" aria-label="Timeline">
      <ViewHead title="Timeline" note={reference ?? undefined} />
    </section>
  );
}
