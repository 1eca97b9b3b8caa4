import type { IssuedPack } from '../../../../shared/contract/packSchemas.ts';

/** The copies that a dialog is about, one a line. */
export function CopyList({ packs }: { packs: readonly IssuedPack[] }) {
  return (
    <ul className="plain-list settle-list">
      {packs.map((pack) => (
        <li key={pack.ref}>
          {pack.ref}: {pack.title}, version {pack.version}, copy {pack.copy}, {pack.recipient}
        </li>
      ))}
    </ul>
  );
}
