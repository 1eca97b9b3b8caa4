import type { Strength } from '../../../shared/contract/areas/users.ts';
import { peopleCopy, sayTime } from '../../copy/people.ts';

const copy = peopleCopy.strength;

/** How a passphrase would fare: five steps, the word for it, how long it would hold, and what would make it better. */
export function StrengthMeter({ strength }: { strength: Strength | null }) {
  const score = strength?.score ?? -1;
  const word = strength ? (copy.scores[score] ?? '') : '';
  const tone = !strength ? '' : strength.acceptable ? (score >= 3 ? 'is-good' : 'is-fair') : 'is-weak';
  return (
    <div className={`strength ${tone}`}>
      <div className="strength-bar" aria-hidden="true">
        {copy.scores.map((each, step) => (
          <span key={each} className={step <= score ? 'is-filled' : ''} />
        ))}
      </div>
      <p className="strength-words" aria-live="polite">
        {strength ? (
          <>
            <strong>
              {word}
              {strength.acceptable ? '' : `, ${copy.refused}`}.
            </strong>{' '}
            {copy.time(sayTime(strength.seconds), strength.machines.toLocaleString('en-GB'))}
            {strength.score < 4 && strength.advice.length > 0 && <> {strength.advice.join(' ')}</>}
          </>
        ) : (
          copy.empty
        )}
      </p>
    </div>
  );
}
