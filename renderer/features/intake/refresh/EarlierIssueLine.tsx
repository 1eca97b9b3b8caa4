import { Button, Callout } from '@blueprintjs/core';
import type { SheetGuess, SheetMapping } from '../../../../shared/contract/schemas.ts';
import { showMoment } from '../../../ui/dates.ts';
import { decisionWords } from './decisions.ts';

/** Says that a sheet looks like a later issue of one that stands in the workspace, and what was decided about it. */
export function EarlierIssueLine(props: {
  guess: SheetGuess;
  mapping: SheetMapping;
  onReview: () => void;
  onDrop: () => void;
}) {
  const { guess, mapping } = props;
  const chosen = mapping.refresh;
  const earlier = guess.earlier.find(({ ref }) => ref === chosen?.against) ?? guess.earlier[0];
  if (!earlier) return null;
  return (
    <Callout intent={chosen ? 'success' : 'warning'} compact icon={null} className="earlier-issue">
      <p>
        {chosen ? 'Compared with ' : 'This looks like a later issue of '}
        <strong>
          {earlier.file} › {earlier.sheet}
        </strong>
        , imported {showMoment(earlier.at)}: {earlier.reason}
        {chosen && ` ${decisionWords(chosen)}`}
      </p>
      <Button
        size="small"
        icon="comparison"
        intent={chosen ? 'none' : 'primary'}
        text={chosen ? 'Review again' : 'Compare and review'}
        onClick={props.onReview}
      />
      {chosen && (
        <Button size="small" variant="minimal" text="Import without comparing" onClick={props.onDrop} />
      )}
    </Callout>
  );
}
