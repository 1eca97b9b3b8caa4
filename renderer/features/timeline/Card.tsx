import { Icon } from '@blueprintjs/core';
import type { TimelineLaneView } from '../../../shared/contract/areas/timeline.ts';
import { markTitles } from '../../../shared/domain/timelineKinds.ts';
import { timelineCopy } from '../../copy/timeline.ts';
import { type Labels, showLabel } from '../../grid/format.ts';
import type { Box } from './layout.ts';
import { binWords, saysOf, showBin, showWritten, spokenMark, whenWords } from './markWords.ts';

const width = 340;

/** What is under the pointer or the focus. It holds nothing to press: a click or Enter acts on the mark itself. */
export function Card(props: {
  lane: TimelineLaneView['lane'];
  box: Box;
  labels: Labels;
  at: { x: number; y: number };
}) {
  const { lane, box, labels, at } = props;
  const left = Math.max(8, Math.min(at.x + 14, window.innerWidth - width - 12));
  const isLow = at.y > window.innerHeight - 190;
  const place = isLow ? { left, bottom: window.innerHeight - at.y + 14 } : { left, top: at.y + 16 };
  return (
    <div className="timeline-card" style={{ ...place, width }} aria-hidden="true">
      {box.mark && (
        <>
          <p className="timeline-card-head">
            <strong>{markTitles[box.mark.what]}</strong> <span className="muted">{box.mark.ref}</span>
          </p>
          <p>{whenWords(box.mark)}</p>
          {box.mark.safeguarding && (
            <p className="timeline-guard">
              <Icon icon="heart" size={12} />
              {timelineCopy.safeguardingMark}
            </p>
          )}
          {box.mark.byName && <p className="tone-warning">{timelineCopy.byName}</p>}
          <dl>
            {saysOf(box.mark, labels).map(({ title, words }) => (
              <div key={title}>
                <dt>{title}</dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
          <p className="muted">{timelineCopy.opens}</p>
        </>
      )}
      {box.bin && (
        <>
          <p className="timeline-card-head">
            <strong>{binWords(lane, box.bin)}</strong>
          </p>
          <p>{showBin(box.bin)}</p>
          <p className="muted">{timelineCopy.opensBin}</p>
        </>
      )}
      {box.silence && (
        <>
          <p className="timeline-card-head">
            <strong>{box.silence.isOpen ? timelineCopy.silenceOpen : timelineCopy.silence}</strong>{' '}
            <span className="muted">{showLabel(box.silence.phone, labels)}</span>
          </p>
          <p>
            {showWritten(box.silence.from)} to {showWritten(box.silence.to)}
          </p>
          {box.silence.endsWithReturn && <p>{timelineCopy.silenceReturn}</p>}
        </>
      )}
    </div>
  );
}

/** The same, for who hears it read. */
export function spokenBox(lane: TimelineLaneView['lane'], box: Box, labels: Labels): string {
  if (box.mark) return spokenMark(box.mark, labels);
  if (box.bin) return `${binWords(lane, box.bin)}, ${showBin(box.bin)}`;
  if (!box.silence) return '';
  const { phone, from, to, isOpen } = box.silence;
  return `${isOpen ? timelineCopy.silenceOpen : timelineCopy.silence}, ${showLabel(phone, labels)}, ${showWritten(from)} to ${showWritten(to)}`;
}
