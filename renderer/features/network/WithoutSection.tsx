import { Button, Checkbox } from '@blueprintjs/core';
import { useState } from 'react';
import { type NetworkReport, networkKinds } from '../../../shared/contract/areas/network.ts';
import type { Column } from '../../../shared/grid/types.ts';
import { useClient } from '../../app/connection.ts';
import { useJob } from '../../app/useJob.ts';
import { networkCopy } from '../../copy/network.ts';
import { splitRefs } from '../../grid/format.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { ValueEditor } from '../../ui/ValueEditor.tsx';
import { ComparisonResult } from './ComparisonResult.tsx';
import { changeNetwork, useNetworkState } from './networkState.ts';

const column: Column = {
  field: 'without',
  title: networkCopy.without.choose,
  type: 'refs',
  to: [...networkKinds],
  width: 420,
  editable: true,
};

/** Who is taken out, and what is left without them. */
export function WithoutSection({ report }: { report: NetworkReport }) {
  const client = useClient();
  const { options, without, targets, round, comparison } = useNetworkState();
  const job = useJob();
  const [missing, setMissing] = useState(false);

  async function work(): Promise<void> {
    if (without.length === 0 && !targets) {
      setMissing(true);
      return;
    }
    setMissing(false);
    const result = await job.run((signal) =>
      client.network.compare({ without: [...without], targets, options }, { signal }),
    );
    if (result) changeNetwork({ comparison: result });
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="network-page" tabIndex={0} aria-label={networkCopy.section.without}>
      <p className="network-lead">{networkCopy.lead.without}</p>
      <div className="network-form">
        <span id="network-without">{networkCopy.without.choose}</span>
        <ValueEditor
          key={round}
          column={column}
          value={without.join(',')}
          labels={comparison?.labels ?? report.labels}
          client={client}
          pickOnly
          onDraft={(draft) => {
            if (!draft.ok) return;
            const refs = splitRefs(draft.value);
            if (refs.join() !== without.join()) changeNetwork({ without: refs, comparison: null });
          }}
        />
        <Checkbox
          label={networkCopy.without.targets}
          checked={targets}
          onChange={(event) => changeNetwork({ targets: event.currentTarget.checked, comparison: null })}
        />
        <Button
          size="small"
          intent="primary"
          text={networkCopy.without.run}
          disabled={job.running}
          onClick={() => void work()}
        />
        {job.running && <Button size="small" text={networkCopy.stop} onClick={job.stop} />}
      </div>
      {job.running && <ProgressLine title={networkCopy.without.working} progress={job.progress} />}
      {missing && (
        <p className="tone-danger" role="alert">
          {networkCopy.without.needed}
        </p>
      )}
      {job.error !== null && (
        <p className="tone-danger" role="alert">
          {job.error}
        </p>
      )}
      {comparison && !job.running && <ComparisonResult comparison={comparison} />}
    </section>
  );
}
