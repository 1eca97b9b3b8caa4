import { Button } from '@blueprintjs/core';
import type { PackSpec } from '../../../../shared/packs/packSpec.ts';
import { findSection } from '../../../../shared/packs/sections.ts';
import { namingNames, packCopy, packPurposes, readerNames } from '../../../copy/packs.ts';
import { ForChangers } from '../../../ui/ForChangers.tsx';
import { shownFields } from './specDraft.ts';

/** A pack that every operation has: to be read, and copied to be changed. */
export function SpecSummary(props: { spec: PackSpec; onCopy: () => void; onShowText: () => void }) {
  const { spec } = props;
  const facts: readonly (readonly [string, string])[] = [
    ['For', spec.audience],
    ['Readers', readerNames[spec.readers]],
    ['Holds', spec.scope === 'team' ? 'What concerns one team' : 'The whole operation'],
    ['Highest marking', spec.ceiling],
    ['Children are named', namingNames[spec.naming.children]],
    ['Victims are named', namingNames[spec.naming.victims]],
    [
      'Intelligence with conditions',
      spec.conditional === 'decided' ? 'Where somebody decides and says why' : 'Never',
    ],
    ['A page each (PDF)', spec.profiles.join(', ') || 'None'],
    ['Forms (Excel)', spec.forms.join(', ') || 'None'],
    ['Readiness findings', spec.findings ? 'Printed' : 'Not printed'],
    ['Source index', spec.sourceIndex ? 'In the workbook' : 'None'],
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="spec-summary" aria-label={spec.title} tabIndex={0}>
      <div className="spec-summary-head">
        <div>
          <h3>{spec.title}</h3>
          <p className="muted">
            {packPurposes[spec.id]} {packCopy.shippedNote}
          </p>
        </div>
        <span className="status-gap" />
        <Button size="small" icon="clipboard" text={packCopy.asText} onClick={props.onShowText} />
        <ForChangers>
          <Button
            size="small"
            intent="primary"
            icon="duplicate"
            text="Copy and change"
            onClick={props.onCopy}
          />
        </ForChangers>
      </div>
      <div className="spec-columns">
        <dl className="spec-facts">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <table className="table table-small">
          <thead>
            <tr>
              <th>Section</th>
              <th className="num">Columns</th>
              <th>Left out for these readers</th>
            </tr>
          </thead>
          <tbody>
            {spec.sections.map(({ id }) => {
              const { title, columns } = findSection(id);
              const shown = shownFields(spec, id);
              return (
                <tr key={id}>
                  <td className="nowrap">{title}</td>
                  <td className="num">{shown.length}</td>
                  <td>
                    {columns
                      .filter(({ field }) => !shown.includes(field))
                      .map(({ heading }) => heading)
                      .join(', ')}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
