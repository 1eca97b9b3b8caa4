import { ViewHead } from '../../ui/ViewHead.tsx';

export function CallsView({ reference }: { reference: string | null }) {
  return (
    <section className="view" aria-label="Deal lines and call data">
      <ViewHead title="Deal lines and call data" note={reference ?? undefined} />
    </section>
  );
}
