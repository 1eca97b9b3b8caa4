import { Button, HTMLSelect, Icon, Spinner } from '@blueprintjs/core';
import { useState } from 'react';
import type { CallPicture } from '../../../shared/contract/areas/calls.ts';
import { formatDate } from '../../../shared/domain/dates.ts';
import { formatPhone } from '../../../shared/domain/phone.ts';
import { openDossier, openRecord } from '../../app/navigation.ts';
import { describeError } from '../../app/reportError.ts';
import { callsCopy } from '../../copy/calls.ts';
import { showLabel } from '../../grid/format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { AttributionPanel } from './AttributionPanel.tsx';
import { BroadcastsPanel } from './BroadcastsPanel.tsx';
import { ContactsPanel } from './ContactsPanel.tsx';
import { DevicesPanel } from './DevicesPanel.tsx';
import { FindingList } from './FindingList.tsx';
import { HeatPanel } from './HeatPanel.tsx';
import { JourneysPanel } from './JourneysPanel.tsx';
import { SilencesPanel } from './SilencesPanel.tsx';
import { usePicture } from './useCalls.ts';

/** Everything that the calls of one phone or line show. */
export function LinePicture({ reference }: { reference: string }) {
  const [shown, setShown] = useState<string | null>(null);
  const { data: picture, error, isPending } = usePicture(reference, shown);
  if (isPending)
    return (
      <div className="panel-loading calls-body">
        <Spinner size={20} aria-label={callsCopy.working} />
      </div>
    );
  if (error || !picture)
    return <EmptyState icon="error" title={callsCopy.failed} description={describeError(error).message} />;
  const title = `What the calls of ${showLabel(reference, picture.labels)} show`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="calls-body" tabIndex={0} aria-label={title}>
      <PictureHead picture={picture} onShow={setShown} />
      {picture.shown === null ? (
        <EmptyState icon="phone" title={callsCopy.notInCalls} description={callsCopy.notInCallsHint} />
      ) : (
        <div className="calls-panels">
          <FindingList reference={reference} />
          <AttributionPanel picture={picture} />
          <HeatPanel picture={picture} />
          <ContactsPanel picture={picture} />
          <BroadcastsPanel picture={picture} />
          <DevicesPanel picture={picture} />
          <JourneysPanel picture={picture} />
          <SilencesPanel picture={picture} />
        </div>
      )}
    </section>
  );
}

function PictureHead({ picture, onShow }: { picture: CallPicture; onShow: (ref: string) => void }) {
  const isLine = picture.ref.startsWith('LINE');
  const number = picture.numbers.find(({ ref }) => ref === picture.shown);
  const best = picture.attributions[0];
  const who =
    best === undefined
      ? 'Attributed to nobody'
      : best.isChild
        ? `Linked with ${best.name}, who is or may be under 18`
        : `May be ${best.name}, score ${best.score}`;
  return (
    <header className="calls-head">
      <Icon icon={isLine ? 'antenna' : 'phone'} size={18} />
      <div className="calls-title">
        <h2>{isLine ? picture.label : formatPhone(number?.number ?? picture.label)}</h2>
        <p className="muted">
          {[
            picture.ref,
            isLine && number ? formatPhone(number.number) : (number?.label ?? null),
            picture.from && picture.to ? `${formatDate(picture.from)} to ${formatDate(picture.to)}` : null,
            picture.shown === null ? null : `${picture.events.toLocaleString('en-GB')} calls and texts`,
            picture.repeats > 0
              ? `${picture.repeats.toLocaleString('en-GB')} rows told of one a second time`
              : null,
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </p>
      </div>
      <span className="status-gap" />
      {picture.shown !== null && (
        <p className={best?.isChild ? 'calls-who calls-child' : 'calls-who'}>
          {best?.isChild && <Icon icon="heart" size={13} />}
          {who}
        </p>
      )}
      {picture.numbers.length > 1 && (
        <HTMLSelect
          aria-label="Number of the line"
          value={picture.shown ?? ''}
          onChange={(event) => onShow(event.currentTarget.value)}
        >
          {picture.numbers.map(({ ref, number, first, last }) => (
            <option key={ref} value={ref}>
              {formatPhone(number)}, {formatDate(first)} to {formatDate(last)}
            </option>
          ))}
        </HTMLSelect>
      )}
      <Button
        size="small"
        icon="id-number"
        text={isLine ? 'Everything about it' : 'Values and sources'}
        onClick={() => (isLine ? openDossier(picture.ref) : openRecord(picture.ref))}
      />
    </header>
  );
}
