import { ViewHead } from '../../ui/ViewHead.tsx';

export function MapView() {
  return (
    <section className="view" aria-label="Map">
      <ViewHead title="Map" />
    </section>
  );
}
