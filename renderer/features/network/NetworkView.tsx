import { ViewHead } from '../../ui/ViewHead.tsx';

export function NetworkView() {
  return (
    <section className="view" aria-label="Who holds the network together">
      <ViewHead title="Who holds the network together" />
    </section>
  );
}
