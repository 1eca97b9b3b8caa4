import { Icon } from '@blueprintjs/core';
import type {
  EnforcementPriority,
  PriorityReport,
  SafeguardingPriority,
} from '../../../shared/contract/areas/priorities.ts';
import {
  concernTitles,
  confidenceTitles,
  gapTitles,
  lackTitles,
  urgencyTitles,
} from '../../../shared/domain/priorities/kinds.ts';
import { exploitedFirst } from '../../../shared/reference/priorityWeights.ts';
import { prioritiesCopy } from '../../copy/priorities.ts';
import { toneOf } from '../../grid/tones.ts';
import { PriorityTable } from './PriorityTable.tsx';

const urgencyIcons = { first: 'heart', next: 'heart', check: 'help' } as const;

interface ListProps {
  report: PriorityReport;
  empty: string;
  chosen: string | null;
  onChoose: (ref: string) => void;
  onMore: () => void;
}

/** Who and where to see to first, with what is known and what is missing. */
export function SafeguardingList({ report, empty, ...rest }: ListProps) {
  const { safeguarding, safeguardingShown } = report.counts;
  return (
    <PriorityTable<SafeguardingPriority>
      id="priorities-safeguarding"
      title={prioritiesCopy.safeguarding}
      note={prioritiesCopy.safeguardingNote}
      count={prioritiesCopy.shown(safeguardingShown, safeguarding)}
      rows={report.safeguarding}
      left={safeguardingShown - report.safeguarding.length}
      empty={safeguarding === 0 ? prioritiesCopy.noSafeguarding : empty}
      columns={[
        {
          title: prioritiesCopy.concerns,
          className: 'priority-known',
          show: ({ urgency, concerns }) => (
            <span title={concerns.map(({ words }) => words).join('\n')}>
              <span className={`priority-urgency is-${urgency}`}>
                <Icon icon={urgencyIcons[urgency]} size={11} aria-hidden="true" /> {urgencyTitles[urgency]}
              </span>{' '}
              {concerns
                .filter(({ concern }) => concern !== 'age-not-known' || concerns.length > 1)
                .map(({ concern }) => concernTitles[concern])
                .join(', ')}
            </span>
          ),
        },
        {
          title: prioritiesCopy.missing,
          className: 'priority-missing',
          show: ({ gaps }) =>
            gaps.length === 0 ? (
              <span className="tone-good">
                <Icon icon="tick" size={12} aria-hidden="true" /> {prioritiesCopy.nothingMissing}
              </span>
            ) : (
              <span title={gaps.map(({ words }) => words).join('\n')}>
                {gaps.map(({ gap }) => gapTitles[gap]).join(', ')}
              </span>
            ),
        },
      ]}
      {...rest}
    />
  );
}

/** A band of the risk matrix in words and colour; that nobody scored it, where nobody did. */
export function Band({ band }: { band: EnforcementPriority['band'] }) {
  const tone = band ? toneOf('riskBand', band) : null;
  if (!band || !tone) return <span className="muted">{prioritiesCopy.notJudged}</span>;
  return (
    <span className={`state state-${tone.tone}`}>
      <Icon icon={tone.icon} size={12} aria-hidden="true" />
      {band.charAt(0).toUpperCase() + band.slice(1)}
    </span>
  );
}

/** What comes first for enforcement, by points from evidence and judgement. */
export function EnforcementList({ report, empty, ...rest }: ListProps) {
  const { enforcement, enforcementShown } = report.counts;
  const most = Math.max(1, ...report.enforcement.map(({ points }) => points));
  return (
    <PriorityTable<EnforcementPriority>
      id="priorities-enforcement"
      title={prioritiesCopy.enforcement}
      note={`${prioritiesCopy.enforcementNote} ${report.isDefault ? prioritiesCopy.defaultWeights : prioritiesCopy.ownWeights}.`}
      count={prioritiesCopy.shown(enforcementShown, enforcement)}
      rows={report.enforcement}
      left={enforcementShown - report.enforcement.length}
      empty={enforcement === 0 ? prioritiesCopy.noEnforcement : empty}
      columns={[
        {
          title: prioritiesCopy.points,
          className: 'priority-points',
          show: ({ points }) => (
            <>
              <span className="priority-number">{points.toFixed(1)}</span>
              <span className="priority-bar" aria-hidden="true">
                <span style={{ width: `${(100 * points) / most}%` }} />
              </span>
            </>
          ),
        },
        { title: prioritiesCopy.band, show: ({ band }) => <Band band={band} /> },
        {
          title: prioritiesCopy.confidence,
          show: ({ confidence }) => (
            <span title={confidenceTitles[confidence]}>
              {confidence.charAt(0).toUpperCase() + confidence.slice(1)}
            </span>
          ),
        },
        {
          title: prioritiesCopy.toNote,
          className: 'priority-missing',
          show: ({ isExploited, isChild, concerns, lacks }) => (
            <>
              {concerns[0] && (
                <span
                  className="priority-exploited"
                  title={[
                    ...(isExploited ? [exploitedFirst.text] : []),
                    ...concerns.map((concern) => concernTitles[concern]),
                  ].join('\n')}
                >
                  <Icon icon="heart" size={11} aria-hidden="true" />{' '}
                  {isExploited && !isChild ? prioritiesCopy.alsoExploited : concernTitles[concerns[0]]}
                </span>
              )}
              <span title={lacks.map((lack) => lackTitles[lack]).join('\n')}>
                {lacks.length === 0 ? prioritiesCopy.nothingMissing : lackTitles[lacks[0] ?? 'target']}
                {lacks.length > 1 && ` + ${lacks.length - 1}`}
              </span>
            </>
          ),
        },
      ]}
      {...rest}
    />
  );
}
