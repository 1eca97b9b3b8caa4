import type { FolderListing } from '../../shared/contract/chromiumLink.ts';
import type { Granted, PickFolderOptions } from '../../shared/contract/native.ts';

const words = {
  'new-workspace': { title: 'Where should the new workspace go?', choose: 'Create here' },
  'open-workspace': { title: 'Which workspace?', choose: 'Open' },
  import: { title: 'Which folder of files?', choose: 'Import this folder' },
  export: { title: 'Where should the files go?', choose: 'Export here' },
} as const;

const styles = `
  dialog { inline-size: min(40rem, 90vw); padding: 1rem; border: 1px solid GrayText; border-radius: 4px;
    font: 14px/1.4 system-ui, sans-serif; color: CanvasText; background: Canvas; color-scheme: light dark; }
  dialog::backdrop { background: rgb(0 0 0 / 25%); }
  h2 { margin: 0 0 .5rem; font-size: 1.1rem; }
  p { margin: .25rem 0; overflow-wrap: anywhere; }
  ul { list-style: none; margin: .5rem 0; padding: 0; block-size: 18rem; overflow-y: auto; border: 1px solid GrayText; }
  li button { inline-size: 100%; text-align: start; padding: .35rem .6rem; border: 0; background: none;
    font: inherit; color: inherit; }
  li button:focus-visible, li button:hover, li button[aria-pressed='true'] { background: Highlight; color: HighlightText; }
  label { display: flex; gap: .5rem; align-items: center; margin: .5rem 0; }
  input { flex: 1; font: inherit; padding: .3rem; }
  .row { display: flex; gap: .5rem; justify-content: flex-end; }
  .row button { font: inherit; padding: .35rem .8rem; }
  .problem { color: #b3261e; min-block-size: 1.4em; }
`;

function make<Name extends keyof HTMLElementTagNameMap>(name: Name, text = ''): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

/**
 * A folder chooser for a browser, which has none that gives a folder's path. `list` lists the folders inside
 * one (null: the home folder) and gives null where it cannot be read; `grant` turns the choice into a grant
 * and gives null where the choice does not serve. Resolves to null when the person cancels.
 */
export function chooseFolderInPage(
  options: PickFolderOptions,
  list: (path: string | null) => Promise<FolderListing | null>,
  grant: (path: string, newName: string | null) => Promise<Granted | null>,
): Promise<Granted | null> {
  const { title, choose } = words[options.purpose];
  const anchor = make('div');
  const root = anchor.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];

  const dialog = make('dialog');
  const heading = make('h2', title);
  heading.id = 'title';
  dialog.setAttribute('aria-labelledby', 'title');
  const place = make('p');
  const folders = make('ul');
  const nameLabel = make('label', 'Name');
  const nameInput = make('input');
  nameInput.value = options.suggestedName ?? '';
  nameInput.maxLength = 120;
  nameLabel.append(nameInput);
  const problem = make('p');
  problem.className = 'problem';
  problem.setAttribute('role', 'alert');
  const row = make('div');
  row.className = 'row';
  const cancel = make('button', 'Cancel');
  const accept = make('button', choose);
  row.append(cancel, accept);
  dialog.append(
    heading,
    place,
    folders,
    ...(options.purpose === 'new-workspace' ? [nameLabel] : []),
    problem,
    row,
  );
  root.append(dialog);
  document.body.append(anchor);

  let here = '';
  let selected: string | null = null;

  function select(path: string, button: HTMLButtonElement): void {
    selected = path;
    for (const other of folders.querySelectorAll('button')) other.setAttribute('aria-pressed', 'false');
    button.setAttribute('aria-pressed', 'true');
  }

  async function enter(path: string | null): Promise<void> {
    const listing = await list(path);
    if (listing === null) {
      problem.textContent = 'That folder cannot be read.';
      return;
    }
    here = listing.path;
    selected = null;
    problem.textContent = '';
    place.textContent = listing.path;
    const entries: HTMLButtonElement[] = [];
    if (listing.parent !== null) {
      const { parent } = listing;
      const up = make('button', '↑ Up one folder');
      up.addEventListener('click', () => void enter(parent));
      entries.push(up);
    }
    for (const folder of listing.folders) {
      const button = make('button', folder.workspace ? `${folder.name} (workspace)` : folder.name);
      // A workspace is chosen, any other folder is entered.
      button.addEventListener('click', () => {
        if (folder.workspace) select(folder.path, button);
        else void enter(folder.path);
      });
      entries.push(button);
    }
    folders.replaceChildren(
      ...entries.map((button) => {
        const item = make('li');
        item.append(button);
        return item;
      }),
    );
  }

  return new Promise((resolve) => {
    function finish(answer: Granted | null): void {
      dialog.close();
      anchor.remove();
      resolve(answer);
    }
    cancel.addEventListener('click', () => finish(null));
    dialog.addEventListener('cancel', () => finish(null));
    accept.addEventListener('click', async () => {
      const isNew = options.purpose === 'new-workspace';
      const answer = await grant(isNew ? here : (selected ?? here), isNew ? nameInput.value : null);
      if (answer !== null) finish(answer);
      else if (isNew) problem.textContent = 'Give the workspace a name that is not taken in this folder.';
      else if (options.purpose === 'open-workspace') problem.textContent = 'Choose a workspace first.';
      else if (options.purpose === 'import') problem.textContent = 'That folder cannot be read.';
      else problem.textContent = 'That folder cannot be written to.';
    });
    dialog.showModal();
    void enter(null);
  });
}
