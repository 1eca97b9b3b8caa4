import { compareWords } from '../../../shared/domain/wordDifference.ts';

/** Two texts in one: what went is struck through, what came is underlined, each said to screen readers too. */
export function Difference({ before, after }: { before: string; after: string }) {
  return (
    <p className="briefing-difference">
      {compareWords(before, after).map((part, index) => {
        // Parts follow from the two texts alone: their place is what they are.
        const key = `${index}-${part.kind}`;
        if (part.kind === 'removed')
          return (
            <del key={key}>
              <span className="only-spoken"> taken out: </span>
              {part.text}
            </del>
          );
        if (part.kind === 'added')
          return (
            <ins key={key}>
              <span className="only-spoken"> put in: </span>
              {part.text}
            </ins>
          );
        return <span key={key}>{part.text}</span>;
      })}
    </p>
  );
}
