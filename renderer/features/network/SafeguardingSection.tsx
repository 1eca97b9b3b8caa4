import { Button } from '@blueprintjs/core';
import type { NetworkExposure, NetworkReport } from '../../../shared/contract/areas/network.ts';
import { goTo } from '../../app/navigation.ts';
import { networkCopy } from '../../copy/network.ts';
import type { Labels } from '../../grid/format.ts';
import { RefLink } from '../dossier/RefLinks.tsx';
import { Words } from './Words.tsx';

/** People who are or may be children, victims or at risk: what they are exposed to, and who is around. */
export function SafeguardingSection({ report }: { report: NetworkReport }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="network-page" tabIndex={0} aria-label={networkCopy.section.safeguarding}>
      <p className="network-lead">{networkCopy.lead.safeguarding}</p>
      {report.safeguarding.length === 0 && <p>{networkCopy.noSafeguarding}</p>}
      <p className="muted">{networkCopy.notInNetwork}</p>
      <ExposureList exposures={report.safeguarding} labels={report.labels} />
      {report.safeguardingTotal > report.safeguarding.length && (
        <p className="muted">{networkCopy.firstOf(report.safeguarding.length, report.safeguardingTotal)}</p>
      )}
    </section>
  );
}

export function ExposureList({
  exposures,
  labels,
}: {
  exposures: readonly NetworkExposure[];
  labels: Labels;
}) {
  return (
    <ul className="network-cards">
      {exposures.map((exposure) => (
        <li key={exposure.ref}>
          <div className="network-actions">
            <Button
              size="small"
              icon="graph"
              text={networkCopy.chart}
              aria-label={`${networkCopy.chart}: ${exposure.ref}`}
              onClick={() => goTo({ kind: 'chart', from: exposure.chart })}
            />
          </div>
          <h3>
            <RefLink reference={exposure.ref} labels={labels} /> <span className="muted">{exposure.ref}</span>
          </h3>
          <Words words={exposure.words} isProtected />
          <p className="network-around">{networkCopy.around}</p>
          {exposure.around.length === 0 ? (
            <p className="muted">{networkCopy.noAround}</p>
          ) : (
            <ul className="plain-list">
              {exposure.around.map((each) => (
                <li key={each.ref}>
                  <RefLink reference={each.ref} labels={labels} />: {each.words}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
