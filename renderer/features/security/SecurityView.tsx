import type { ComponentType } from 'react';
import { goTo, type SecuritySection } from '../../app/navigation.ts';
import { securityCopy } from '../../copy/security.ts';
import { ViewHead } from '../../ui/ViewHead.tsx';
import { AuditSection } from './audit/AuditSection.tsx';
import { BackupsSection } from './backups/BackupsSection.tsx';
import { ClosingSection } from './closing/ClosingSection.tsx';
import { ExchangeSection } from './exchange/ExchangeSection.tsx';
import { LockSection } from './lock/LockSection.tsx';
import { PeopleSection } from './people/PeopleSection.tsx';
import './security.css';

const sections: Record<SecuritySection, ComponentType> = {
  people: PeopleSection,
  lock: LockSection,
  backups: BackupsSection,
  audit: AuditSection,
  exchange: ExchangeSection,
  closing: ClosingSection,
};

/** What keeps the workspace: people and keys, lock, backups, the record, exchange, and its end. One section at a time. */
export function SecurityView({ section }: { section: SecuritySection }) {
  const Section = sections[section];
  return (
    <section className="view security" aria-label={securityCopy.title}>
      <ViewHead title={securityCopy.title} />
      <div className="security-body">
        <nav className="security-sections" aria-label={securityCopy.sections}>
          {(Object.keys(sections) as SecuritySection[]).map((each) => (
            <button
              type="button"
              key={each}
              className="rail-item"
              aria-current={each === section ? 'page' : undefined}
              onClick={() => goTo({ kind: 'security', section: each })}
            >
              <span className="rail-title">{securityCopy.section[each]}</span>
            </button>
          ))}
        </nav>
        <div className="security-section">
          <Section />
        </div>
      </div>
    </section>
  );
}
