import { ViewHead } from '../../ui/ViewHead.tsx';

export function MatchesView() {
  return (
    <section className="view" aria-label="Who may be the same person">
      <ViewHead title="Who may be the same person" />
    </section>
  );
}
