import { formatPhone } from '../../../shared/domain/phone.ts';
import { goTo } from '../../app/navigation.ts';

/** A number that leads to what its calls show. */
export function NumberLink({ reference, number }: { reference: string; number: string }) {
  return (
    <button
      type="button"
      className="link nowrap"
      title={`What the calls of ${reference} show`}
      onClick={() => goTo({ kind: 'calls', ref: reference })}
    >
      {formatPhone(number)}
    </button>
  );
}
