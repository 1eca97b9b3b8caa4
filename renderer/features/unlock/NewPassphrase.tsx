import { minimumPassphrase } from '../../../shared/contract/areas/users.ts';
import { peopleCopy } from '../../copy/people.ts';
import { PassphraseInput } from './PassphraseInput.tsx';
import { StrengthMeter } from './StrengthMeter.tsx';
import './strength.css';
import { useStrength } from './useStrength.ts';

export interface PassphraseErrors {
  passphrase?: string | undefined;
  repeat?: string | undefined;
}

/** What is wrong with the two fields, before the engine is asked. */
export function checkNewPassphrase(passphrase: string, repeat: string): PassphraseErrors {
  if (passphrase === '') return { passphrase: peopleCopy.strength.needed };
  if ([...passphrase].length < minimumPassphrase)
    return { passphrase: peopleCopy.strength.short(minimumPassphrase) };
  return passphrase === repeat ? {} : { repeat: peopleCopy.strength.mismatch };
}

/** A new passphrase, typed twice, with its strength between the fields. */
export function NewPassphrase(props: {
  label: string;
  repeatLabel: string;
  passphrase: string;
  repeat: string;
  /** Names that an attacker would try first. */
  words: readonly string[];
  errors: PassphraseErrors;
  onPassphrase: (value: string) => void;
  onRepeat: (value: string) => void;
}) {
  const strength = useStrength(props.passphrase, props.words);
  return (
    <>
      <PassphraseInput
        label={props.label}
        value={props.passphrase}
        onChange={props.onPassphrase}
        error={props.errors.passphrase}
        isNew
      />
      <StrengthMeter strength={strength} />
      <PassphraseInput
        label={props.repeatLabel}
        value={props.repeat}
        onChange={props.onRepeat}
        error={props.errors.repeat}
        isNew
      />
    </>
  );
}
