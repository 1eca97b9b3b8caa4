import { Icon } from '@blueprintjs/core';
import type { CallPicture } from '../../../shared/contract/areas/calls.ts';
import { callsCopy } from '../../copy/calls.ts';
import { RefLink } from '../dossier/RefLinks.tsx';
import { Panel } from './Panel.tsx';
import { ScoreMark } from './ScoreMark.tsx';

/** Whose number it may be, with what speaks for it and against it. */
export function AttributionPanel({ picture }: { picture: CallPicture }) {
  return (
    <Panel title="Whose number it may be" count={picture.attributions.length}>
      {picture.attributions.length === 0 && (
        <p className="muted calls-note">
          Nothing in the workspace links this number with a person. Import subscribers, or link a person with
          the phone.
        </p>
      )}
      <ul className="calls-findings">
        {picture.attributions.map((each) => (
          <li key={each.ref}>
            <div className="calls-finding-head">
              <ScoreMark score={each.score} />
              <RefLink reference={each.ref} labels={{ [each.ref]: each.name }} />
              {(each.isChild || each.isAtRisk) && (
                <span className="calls-child">
                  <Icon icon="heart" size={13} /> {callsCopy.safeguarding}
                </span>
              )}
            </div>
            {each.safeguarding && <p className="calls-guard">{each.safeguarding}</p>}
            <Reasons reasons={each.reasons} against={each.against} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What speaks for something and what against it. */
export function Reasons({ reasons, against }: { reasons: readonly string[]; against: readonly string[] }) {
  return (
    <ul className="calls-reasons">
      {reasons.map((reason) => (
        <li key={reason}>
          <Icon icon="small-tick" size={14} aria-hidden="true" />
          <span>{reason}</span>
        </li>
      ))}
      {against.map((reason) => (
        <li key={reason} className="calls-against">
          <Icon icon="small-minus" size={14} aria-hidden="true" />
          <span>
            <span className="calls-against-word">{callsCopy.against}: </span>
            {reason}
          </span>
        </li>
      ))}
    </ul>
  );
}
