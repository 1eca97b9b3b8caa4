import { callsCopy } from '../../copy/calls.ts';

export function ScoreMark({ score }: { score: number }) {
  return (
    <span className="calls-score" title={callsCopy.score}>
      <span className="only-spoken">Score </span>
      {score}
    </span>
  );
}
