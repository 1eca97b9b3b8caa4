import { Icon, type IconName } from '@blueprintjs/core';
import type { ReactNode } from 'react';
import type { NetworkComparison } from '../../../shared/contract/areas/network.ts';
import { networkCopy } from '../../copy/network.ts';
import type { Labels } from '../../grid/format.ts';
import { RefLink } from '../dossier/RefLinks.tsx';
import { ExposureList } from './SafeguardingSection.tsx';
import { Words } from './Words.tsx';

const words = networkCopy.without;
const { head } = networkCopy;
const figures = ['entities', 'links', 'parts', 'largest', 'pairs'] as const;
const stateMarks: Readonly<
  Record<NetworkComparison['lines'][number]['state'], { icon: IconName; tone: string }>
> = {
  out: { icon: 'cross-circle', tone: '' },
  alone: { icon: 'help', tone: 'tone-warning' },
  linked: { icon: 'warning-sign', tone: 'tone-danger' },
};

/** What is left: figures, parts, lines, who inherits, and who has to be looked after. */
export function ComparisonResult({ comparison }: { comparison: NetworkComparison }) {
  const { labels } = comparison;
  return (
    <div className="network-result">
      <p>
        <strong>{words.out}</strong> <Refs refs={comparison.without} labels={labels} />
      </p>
      {comparison.notLinked.length > 0 && (
        <p className="muted">
          {words.notLinked} <Refs refs={comparison.notLinked} labels={labels} />
        </p>
      )}
      <Words words={comparison.words} />
      <Part title={words.safeguarding}>
        {comparison.safeguarding.length === 0 && <p className="muted">{words.noSafeguarding}</p>}
        <ExposureList exposures={comparison.safeguarding} labels={labels} />
      </Part>
      <div className="network-columns">
        <Part title={words.figures}>
          <table className="table table-small">
            <thead>
              <tr>
                <th>{head.state}</th>
                <th className="num">{head.before}</th>
                <th className="num">{head.after}</th>
              </tr>
            </thead>
            <tbody>
              {figures.map((figure) => (
                <tr key={figure}>
                  <td>{words.counts[figure]}</td>
                  <td className="num">{comparison.before[figure].toLocaleString('en-GB')}</td>
                  <td className="num">{comparison.after[figure].toLocaleString('en-GB')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Part>
        <Part title={words.lines}>
          <ul className="network-lines">
            {comparison.lines.map((line) => (
              <li key={line.ref}>
                <span className={`nowrap ${stateMarks[line.state].tone}`}>
                  <Icon icon={stateMarks[line.state].icon} size={12} /> {words.states[line.state]}
                </span>{' '}
                <RefLink reference={line.ref} labels={labels} />
                <p>
                  {line.words} <Refs refs={line.left.slice(0, 8)} labels={labels} />
                </p>
              </li>
            ))}
          </ul>
        </Part>
        <Part title={words.parts}>
          <table className="table table-small">
            <thead>
              <tr>
                <th>{head.part}</th>
                <th className="num">{head.size}</th>
                <th className="num">{head.people}</th>
                <th>{head.lines}</th>
              </tr>
            </thead>
            <tbody>
              {comparison.parts.map((part) => (
                <tr key={part.members[0] ?? part.name}>
                  <td>{part.name}</td>
                  <td className="num">{part.size}</td>
                  <td className="num">{part.people}</td>
                  <td>
                    <Refs refs={part.lines} labels={labels} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {comparison.partTotal > comparison.parts.length && (
            <p className="muted">{words.moreParts(comparison.partTotal - comparison.parts.length)}</p>
          )}
        </Part>
        <Part title={words.rises}>
          {comparison.rises.length === 0 && <p className="muted">{words.noRises}</p>}
          <ul className="network-lines">
            {comparison.rises.map((rise) => (
              <li key={rise.ref}>
                <RefLink reference={rise.ref} labels={labels} />
                <p>{rise.words}</p>
              </li>
            ))}
          </ul>
        </Part>
      </div>
      <Part title={words.heirs}>
        <p className="muted">{comparison.heirs.length === 0 ? words.noHeirs : words.heirsLead}</p>
        <ul className="network-lines">
          {comparison.heirs.map((heir) => (
            <li key={heir.of}>
              <RefLink reference={heir.of} labels={labels} />
              <ul className="network-heirs">
                {heir.by.map((each) => (
                  <li key={each.ref}>
                    <RefLink reference={each.ref} labels={labels} />: {each.words}
                  </li>
                ))}
                {heir.safeguarding.map((each) => (
                  <li key={each.ref}>
                    <Icon icon="heart" size={12} title={networkCopy.isProtected} />{' '}
                    <RefLink reference={each.ref} labels={labels} />: {each.words}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="network-part" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Refs({ refs, labels }: { refs: readonly string[]; labels: Labels }) {
  return (
    <>
      {refs.map((ref, place) => (
        <span key={ref}>
          {place > 0 && ', '}
          <RefLink reference={ref} labels={labels} />
        </span>
      ))}
    </>
  );
}
