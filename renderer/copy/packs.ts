import type { PackFormat, PackSpec } from '../../shared/packs/packSpec.ts';

/** Words of the packs: export, preview, register, kinds of pack. */
export const packCopy = {
  exportTitle: 'Export a pack',
  choosePack: 'Which pack',
  ownPack: 'Own',
  changeKinds: 'Change or add kinds of pack',
  team: 'Team',
  chooseTeam: 'Choose the team',
  noTeams: 'The plan has no teams yet.',
  contents: 'What goes in',
  pages: 'Pages',
  withheld: 'Withheld',
  nothingWithheld: 'Nothing is withheld.',
  recipients: 'Recipients',
  recipientsHint: 'One a line: each gets a copy with a number of its own, and the name on every page',
  reason: 'Reason',
  reasonHint: 'Recorded in the history as a disclosure',
  destroyBy: 'Destroy by',
  destroyByHint: 'DD/MM/YYYY. Printed on the cover; the register reminds',
  password: 'Password of the workbook',
  passwordHint: 'Optional, 8 characters or more. It is kept nowhere: without it nobody opens the workbook',
  passwordAgain: 'Password again',
  folder: 'Folder',
  folderHint: 'Remembered while this workspace is open',
  chooseFolder: 'Choose a folder',
  noUndo: 'A pack that was issued cannot be undone: it is out. It can be recalled from the register.',
  blockedTitle: 'Intelligence that stays out unless released',
  blockedNote:
    'Items with handling conditions go in only where you decide so and say why. Your name and the reason are recorded.',
  never: 'Cannot be released into this pack',
  release: 'Release into this pack',
  releaseReason: 'Why it may be released',
  warningsTitle: 'May show who a source is',
  warningsRead: 'I have read these warnings and issue the pack with these texts',
  blockersRead: 'I have read the blockers and issue the pack with them',
  cancelled: 'Cancelled. This copy was not issued.',
  waitForPreview: 'What goes into the pack is still being looked at. Export again in a moment.',
  making: 'Laying out the pages',
  previewCancelled: 'The preview was cancelled.',
  previewAgain: 'Lay out the pages',
  notIssued: 'Not issued: a preview without a copy number. That you looked is recorded.',
  register: 'Register',
  kinds: 'Kinds of pack',
  noPacks: 'No pack has been issued',
  noPacksWords:
    'Each copy that is issued stands here with who holds it, whether the plan inside it still stands, and what became of it.',
  noneShown: 'No copy of this kind',
  changesNone: 'Nothing in it has changed since it was issued.',
  recallLead:
    'These copies are marked as recalled in the register. Tell each holder: nobody is told by this.',
  widens: 'Look before you save: this is what readers get',
  shippedNote: 'Every operation has it; a copy can be changed.',
  asText: 'As text',
  asTextLead: 'Keep it in a file, or give it to another force: it holds no data of the operation.',
  readText: 'Read from text',
  readTextLead: 'Put in the text of a pack, as "As text" shows it.',
};

/** What each shipped pack is for, beside whom it is for. */
export const packPurposes: Readonly<Record<string, string>> = {
  command: 'The whole operation, with what the readiness checks found.',
  team: 'Only what one team needs: its targets, premises, warrants and people.',
  search: 'Premises, search plans and warrants, with the forms for results and exhibits.',
  custody: 'Who may come in, what they need, and who is kept apart.',
  safeguarding: 'Children and adults at risk, cut down to what partners need.',
  intelligence: 'Lines, phones, links and intelligence, each with its source.',
  court: 'Warrants with their grounds; children and victims by initials.',
  results: 'The tally, arrests, seizures and outcomes after the day.',
};

export const formatNames: Readonly<Record<PackFormat, string>> = {
  xlsx: 'Excel',
  pdf: 'PDF',
  docx: 'Word',
  pptx: 'Slides',
};

export const readerNames: Readonly<Record<PackSpec['readers'], string>> = {
  police: 'Police',
  partner: 'Partners outside the police',
  court: 'Courts',
};

export const namingNames: Readonly<Record<PackSpec['naming']['children'], string>> = {
  named: 'By name',
  initials: 'By initials',
  withheld: 'Not at all',
};
