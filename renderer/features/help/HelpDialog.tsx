import { Dialog, DialogBody } from '@blueprintjs/core';
import { chartKeys, commands, dayKeys, gridKeys, importKeys, packKeys } from '../../app/commands.ts';
import { showKeys } from '../../ui/keys.ts';

/** Every shortcut, from the same table that runs them. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const groups = [...new Set(commands.map(({ group }) => group))]
    .map((group) => ({
      title: group,
      lines: commands
        .filter((command) => command.group === group && command.keys)
        .map(({ title, keys }) => ({ title, keys: keys ?? '' })),
    }))
    .filter(({ lines }) => lines.length > 0);
  return (
    <Dialog isOpen onClose={onClose} title="Keyboard shortcuts" className="help-dialog">
      <DialogBody useOverflowScrollContainer={false}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
        <div className="help-groups" tabIndex={0}>
          {[
            ...groups,
            { title: 'In a grid', lines: gridKeys },
            { title: 'In an import', lines: importKeys },
            { title: 'On the board and in results', lines: dayKeys },
            { title: 'In the packs', lines: packKeys },
            { title: 'In the link chart', lines: chartKeys },
          ].map(({ title, lines }) => (
            <section key={title}>
              <h3>{title}</h3>
              <dl className="help-keys">
                {lines.map((line) => (
                  <div key={line.keys + line.title}>
                    <dt>{line.title}</dt>
                    <dd>
                      <kbd>{showKeys(line.keys)}</kbd>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogBody>
    </Dialog>
  );
}
