import { Tag } from '@blueprintjs/core';
import type { PackSpec } from '../../../shared/packs/packSpec.ts';
import { packCopy, packPurposes } from '../../copy/packs.ts';

/** The packs that can be issued, each with whom it is for and what it is for. */
export function PackChoiceList(props: {
  shipped: readonly PackSpec[];
  own: readonly PackSpec[];
  chosen: string;
  disabled: boolean;
  onChoose: (spec: PackSpec) => void;
}) {
  const isOwn = (spec: PackSpec) => props.own.some(({ id }) => id === spec.id);
  return (
    <fieldset className="pack-choices" disabled={props.disabled}>
      <legend>{packCopy.choosePack}</legend>
      {[...props.shipped, ...props.own].map((spec) => (
        <label key={spec.id} className={`pack-choice ${spec.id === props.chosen ? 'is-chosen' : ''}`}>
          <input
            type="radio"
            name="pack"
            value={spec.id}
            checked={spec.id === props.chosen}
            onChange={() => props.onChoose(spec)}
          />
          <span className="pack-choice-words">
            <span className="pack-choice-title">
              {spec.title}
              {isOwn(spec) && <Tag minimal>{packCopy.ownPack}</Tag>}
              {spec.readers !== 'police' && (
                <Tag minimal>{spec.readers === 'court' ? 'Court' : 'Partners'}</Tag>
              )}
            </span>
            <span className="muted">For {spec.audience}.</span>
            {packPurposes[spec.id] && <span className="muted">{packPurposes[spec.id]}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
