import { ViewHead } from '../../ui/ViewHead.tsx';

export function SearchView() {
  return (
    <section className="view" aria-label="Search everything">
      <ViewHead title="Search everything" />
    </section>
  );
}
