import { Button, Callout, Icon, Spinner } from '@blueprintjs/core';
import type { PriorityDetail } from '../../../shared/contract/areas/priorities.ts';
import {
  concernTitles,
  confidenceTitles,
  factorTitles,
  gapTitles,
  lackTitles,
  urgencyTitles,
} from '../../../shared/domain/priorities/kinds.ts';
import { exploitedFirst } from '../../../shared/reference/priorityWeights.ts';
import { goTo, openDossier } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { useMay } from '../../app/role.ts';
import { prioritiesCopy } from '../../copy/priorities.ts';
import { showLabel } from '../../grid/format.ts';
import { FindingLines } from '../dossier/FindingLines.tsx';
import { Band } from './PriorityLists.tsx';
import { addPlan, addTarget } from './priorityActions.ts';
import { Sources } from './Sources.tsx';
import { usePriorityDetail } from './usePriorities.ts';

/** What the chosen row rests on: first what concerns safeguarding, then each factor with its sources. */
export function PriorityDetails({ reference }: { reference: string | null }) {
  const { data, error } = usePriorityDetail(reference);
  const detail = data?.ref === reference ? data : undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="priority-details" aria-label={prioritiesCopy.details} tabIndex={0}>
      {reference === null && <p className="muted">{prioritiesCopy.choose}</p>}
      {reference !== null && error && (
        <p className="tone-danger" role="alert">
          {prioritiesCopy.detailsFailed}. {describeError(error).message}
        </p>
      )}
      {reference !== null && !detail && !error && (
        <div className="panel-loading">
          <Spinner size={20} aria-label={prioritiesCopy.working} />
        </div>
      )}
      {detail && <Detail detail={detail} />}
    </section>
  );
}

function Detail({ detail }: { detail: PriorityDetail }) {
  const { ref, safeguarding, labels, findings } = detail;
  return (
    <>
      <header>
        <h3>{showLabel(ref, labels)}</h3>
        <p className="muted">{ref}</p>
        <div className="priority-ways">
          <Button size="small" text={prioritiesCopy.open} onClick={() => openDossier(ref)} />
          <Button
            size="small"
            text={prioritiesCopy.chart}
            onClick={() => goTo({ kind: 'chart', from: [ref] })}
          />
          <Button
            size="small"
            text={prioritiesCopy.timeline}
            onClick={() => goTo({ kind: 'timeline', refs: [ref] })}
          />
        </div>
      </header>
      <SafeguardingPart detail={detail} />
      {findings.length > 0 && safeguarding && (
        <>
          <h5>{prioritiesCopy.readiness}</h5>
          <FindingLines findings={findings} labels={labels} />
        </>
      )}
      <EnforcementPart detail={detail} />
      {findings.length > 0 && !safeguarding && (
        <>
          <h5>{prioritiesCopy.readiness}</h5>
          <FindingLines findings={findings} labels={labels} />
        </>
      )}
    </>
  );
}

function SafeguardingPart({ detail: { safeguarding } }: { detail: PriorityDetail }) {
  const may = useMay();
  if (!safeguarding)
    return (
      <>
        <h4>{prioritiesCopy.safeguarding}</h4>
        <p className="muted">{prioritiesCopy.notListedSafeguarding}</p>
      </>
    );
  const { urgency, concerns, gaps, plans, newPlan } = safeguarding;
  const hasPlan = plans.length > 0;
  return (
    <>
      <h4>
        {prioritiesCopy.safeguarding}
        <span className={`priority-urgency is-${urgency}`}>{urgencyTitles[urgency]}</span>
      </h4>
      <ul className="priority-concerns">
        {concerns.map(({ concern, words, sources }) => (
          <li key={`${concern} ${words}`}>
            <strong>{concernTitles[concern]}.</strong> {words}
            <Sources sources={sources} />
          </li>
        ))}
      </ul>
      {gaps.length > 0 && (
        <>
          <h5>{prioritiesCopy.gapsTitle}</h5>
          <ul className="priority-gaps">
            {gaps.map(({ gap, words }) => (
              <li key={gap}>
                <Icon icon="warning-sign" size={12} aria-hidden="true" />
                <span>
                  <strong>{gapTitles[gap]}.</strong> {words}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {(hasPlan || (may && newPlan)) && (
        <Button
          size="small"
          icon="heart"
          text={hasPlan ? prioritiesCopy.openPlan : prioritiesCopy.addPlan}
          onClick={() => void addPlan(safeguarding)}
        />
      )}
    </>
  );
}

function EnforcementPart({ detail: { enforcement, labels } }: { detail: PriorityDetail }) {
  const may = useMay();
  if (!enforcement)
    return (
      <>
        <h4>{prioritiesCopy.enforcement}</h4>
        <p className="muted">{prioritiesCopy.notListedEnforcement}</p>
      </>
    );
  const { factors, points, band, confidence, lacks, isExploited, target } = enforcement;
  return (
    <>
      <h4>
        {prioritiesCopy.enforcement}
        <span className="priority-number">{points.toFixed(1)}</span>
        <Band band={band} />
      </h4>
      {isExploited && (
        <Callout compact intent="warning" icon="heart">
          {exploitedFirst.text}
        </Callout>
      )}
      <p className="muted priority-note">
        {confidence === 'none'
          ? prioritiesCopy.noEvidence
          : prioritiesCopy.evidenceIs(confidenceTitles[confidence].toLowerCase())}{' '}
        {prioritiesCopy.enforcementNote}
      </p>
      <ul className="priority-factors">
        {factors.map((factor) => (
          <li key={factor.factor}>
            <div className="priority-factor-head">
              <strong>{factorTitles[factor.factor]}</strong>
              <span>{factor.value}</span>
              <span className="status-gap" />
              <span className="nowrap">
                {prioritiesCopy.pointsOf(factor.points.toFixed(1), String(factor.most))}
              </span>
            </div>
            <div className="priority-bar" aria-hidden="true">
              <span style={{ width: `${(100 * factor.points) / Math.max(1, factor.most)}%` }} />
            </div>
            {factor.reasons.map((reason) => (
              <p key={reason}>{reason}</p>
            ))}
            {factor.factor === 'calls' ? (
              <p className="priority-calls">
                {factor.origins.map(({ ref }) => (
                  <button
                    key={ref}
                    type="button"
                    className="link"
                    onClick={() => goTo({ kind: 'calls', ref })}
                  >
                    {prioritiesCopy.callsOf(showLabel(ref, labels))}
                  </button>
                ))}
              </p>
            ) : (
              <Sources sources={factor.sources} />
            )}
          </li>
        ))}
      </ul>
      {lacks.length > 0 && (
        <>
          <h5>{prioritiesCopy.lacksTitle}</h5>
          <ul className="priority-gaps">
            {lacks.map((lack) => (
              <li key={lack}>
                <Icon icon="info-sign" size={12} aria-hidden="true" />
                <span>{lackTitles[lack]}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {(target !== null || (may && !enforcement.isChild)) && (
        <Button
          size="small"
          icon="locate"
          text={target === null ? prioritiesCopy.makeTarget : prioritiesCopy.openTarget}
          onClick={() => void addTarget(enforcement)}
        />
      )}
    </>
  );
}
