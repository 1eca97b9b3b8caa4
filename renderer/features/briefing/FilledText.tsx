import type { BriefingFact } from '../../../shared/domain/briefingFacts.ts';
import { briefingCopy } from '../../copy/briefing.ts';
import { markText } from './completion.ts';

/** A section as it reads with the facts of the plan; facts that the plan does not have stand out. */
export function FilledText(props: { text: string; facts: readonly BriefingFact[] }) {
  const values = new Map(props.facts.map((fact) => [fact.name, fact.value]));
  const filledOf = (placeholder: string) =>
    values.get(placeholder.replace(/^\{\{\s*|\s*\}\}$/g, '').toLowerCase()) ?? placeholder;
  return (
    <section className="briefing-filled" aria-label={briefingCopy.asItReads}>
      <h3>{briefingCopy.asItReads}</h3>
      <p className="muted">{briefingCopy.asItReadsNote}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <div className="briefing-reading" tabIndex={0}>
        {props.text === '' ? (
          <span className="muted">{briefingCopy.emptySection}</span>
        ) : (
          markText(props.text, props.facts, []).map((piece) =>
            piece.mark === 'fact' ? (
              <mark key={piece.at} className="mark-fact">
                {filledOf(piece.text)}
              </mark>
            ) : piece.mark === 'unknown' ? (
              <mark key={piece.at} className="mark-unknown" title="The plan has no such fact">
                {piece.text}
              </mark>
            ) : (
              <span key={piece.at}>{piece.text}</span>
            ),
          )
        )}
      </div>
    </section>
  );
}
