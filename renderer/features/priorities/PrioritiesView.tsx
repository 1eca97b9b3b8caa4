import { ViewHead } from '../../ui/ViewHead.tsx';

export function PrioritiesView() {
  return (
    <section className="view" aria-label="Priorities">
      <ViewHead title="Priorities" />
    </section>
  );
}
