import { Button } from '@blueprintjs/core';
import { useAuditSettings } from '../../../app/auditSettings.ts';
import { useRole } from '../../../app/connection.ts';
import { askJustification } from '../../../app/justification.ts';
import { goTo } from '../../../app/navigation.ts';
import { auditCopy } from '../../../copy/audit.ts';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { HeadPart } from './HeadPart.tsx';
import { ReasonSettings } from './ReasonSettings.tsx';
import { describeVerification, useVerify } from './useVerify.ts';
import './audit.css';

/** The record of processing: whether reasons are asked for, its head, and whether it is whole. */
export function AuditSection() {
  const copy = auditCopy.section;
  const isLead = useRole() === 'lead';
  const settings = useAuditSettings();
  const check = useVerify();
  return (
    <section className="audit-section" aria-label="Record">
      <div className="audit-lead">
        <p>{copy.lead}</p>
        <Button icon="history" text={copy.open} onClick={() => goTo({ kind: 'history' })} />
      </div>

      <h3>{copy.reasons}</h3>
      {settings.data && (
        <ReasonSettings
          key={JSON.stringify(settings.data.settings)}
          settings={settings.data.settings}
          isLead={isLead}
        />
      )}

      <h3>{copy.session}</h3>
      <p className="muted">{copy.sessionLead}</p>
      <p className="audit-purpose">
        <strong>{settings.data?.justification ?? auditCopy.justify.none}</strong>
        <Button size="small" text={auditCopy.justify.change} onClick={() => void askJustification()} />
      </p>

      <h3>{copy.head}</h3>
      <HeadPart />

      <h3>{copy.whole}</h3>
      <p className="muted">{copy.wholeLead}</p>
      <div className="audit-check">
        <Button
          icon={check.running ? 'cross' : 'endorsed'}
          text={check.running ? 'Stop' : copy.whole}
          onClick={() => (check.running ? check.cancel() : void check.verify())}
        />
        {check.report && (
          <p className={`tone-${check.report.ok ? 'good' : 'danger'}`} role="status">
            {describeVerification(check.report)}
          </p>
        )}
      </div>
      {check.running && check.progress && (
        <ProgressLine title={auditCopy.verifying} progress={check.progress} />
      )}
    </section>
  );
}
