import { Callout, Tab, Tabs } from '@blueprintjs/core';
import { useState } from 'react';
import { useRole } from '../../../app/connection.ts';
import { closingCopy } from '../../../copy/closing.ts';
import { showMoment } from '../../../ui/dates.ts';
import { ArchivePart } from './ArchivePart.tsx';
import { CasePart } from './CasePart.tsx';
import { ErasurePart } from './ErasurePart.tsx';
import { MaterialPart } from './MaterialPart.tsx';
import { RetentionPart } from './RetentionPart.tsx';
import { useCaseReport } from './useCaseReport.ts';
import './closing.css';

type Part = keyof typeof closingCopy.tabs;

/** The end of an operation: what has to be kept, for whom and how long, and how it goes. */
export function ClosingSection() {
  const [part, setPart] = useState<Part>('case');
  const report = useCaseReport();
  const isLead = useRole() === 'lead';
  const tabs: [Part, React.JSX.Element][] = [
    ['case', <CasePart key="case" isLead={isLead} />],
    ['retention', <RetentionPart key="retention" isLead={isLead} />],
    ['material', <MaterialPart key="material" />],
    ['archive', <ArchivePart key="archive" isLead={isLead} />],
    ['erasure', <ErasurePart key="erasure" isLead={isLead} />],
  ];
  return (
    <section className="closing-section" aria-label={closingCopy.title}>
      {report.data?.archivedAt && (
        <Callout intent="warning" compact icon="archive">
          {closingCopy.archived(showMoment(report.data.archivedAt))}
        </Callout>
      )}
      <Tabs
        id="closing"
        selectedTabId={part}
        renderActiveTabPanelOnly
        onChange={(next) => setPart(next as Part)}
      >
        {tabs.map(([id, panel]) => (
          <Tab key={id} id={id} title={closingCopy.tabs[id]} panel={panel} />
        ))}
      </Tabs>
    </section>
  );
}
