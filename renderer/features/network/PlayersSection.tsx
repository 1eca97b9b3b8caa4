import { Button } from '@blueprintjs/core';
import type { NetworkReport } from '../../../shared/contract/areas/network.ts';
import { goTo } from '../../app/navigation.ts';
import { networkCopy } from '../../copy/network.ts';
import { RefLink } from '../dossier/RefLinks.tsx';
import { changeNetwork, takeOut } from './networkState.ts';
import { Words } from './Words.tsx';

/** People without whom the network falls apart, one after the other. */
export function PlayersSection({ report }: { report: NetworkReport }) {
  const { keyPlayers, labels } = report;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="network-page" tabIndex={0} aria-label={networkCopy.section.players}>
      <p className="network-lead">{networkCopy.lead.players}</p>
      {keyPlayers.length === 0 && <p>{networkCopy.noPlayers}</p>}
      <ol className="network-cards">
        {keyPlayers.map((player, place) => (
          <li key={player.ref}>
            <div className="network-actions">
              <Button
                size="small"
                icon="graph"
                text={networkCopy.chart}
                aria-label={`${networkCopy.chart}: ${player.ref}`}
                onClick={() => goTo({ kind: 'chart', from: player.chart })}
              />
              <Button
                size="small"
                icon="link"
                text={networkCopy.links}
                aria-label={`${networkCopy.links}: ${player.ref}`}
                onClick={() => changeNetwork({ section: 'between', chosen: player.ref })}
              />
              <Button
                size="small"
                icon="exclude-row"
                text={networkCopy.takeOut}
                aria-label={`${networkCopy.takeOut}: ${player.ref}`}
                onClick={() => takeOut([player.ref])}
              />
            </div>
            <h3>
              <span className="network-place">{place + 1}</span>
              <RefLink reference={player.ref} labels={labels} /> <span className="muted">{player.ref}</span>
              {player.targets.map((ref) => (
                <span key={ref} className="network-target">
                  {networkCopy.target} <RefLink reference={ref} labels={{}} />
                </span>
              ))}
            </h3>
            <Words words={player.words} />
            {player.refs.length > 0 && (
              <p>
                <span className="muted">{networkCopy.heldBy}</span>{' '}
                {player.refs.map((ref, at) => (
                  <span key={ref}>
                    {at > 0 && ', '}
                    <RefLink reference={ref} labels={labels} />
                  </span>
                ))}
              </p>
            )}
          </li>
        ))}
      </ol>
      {keyPlayers.length > 1 && (
        <Button
          size="small"
          text={networkCopy.playersOut}
          onClick={() => takeOut(keyPlayers.map(({ ref }) => ref))}
        />
      )}
    </section>
  );
}
