/** Words of the window around the work. */
export const shellCopy = {
  noHost: 'This page only works inside Fellside. Start it with "npm start" or the installed program.',
  connecting: 'Starting the engine',
  engineGone:
    'The engine stopped and the workspace was locked. Everything saved before that is still there: unlock the workspace to go on.',
  notOpen: 'No workspace open',
  layers: { evidence: 'Evidence', entities: 'Entities', plan: 'Plan', packs: 'Packs' },
  overview: 'Overview',
  readiness: 'Readiness',
  history: 'History',
  board: 'Board',
  clocks: 'Clocks',
  briefing: 'Briefing',
  briefingUnsaved: 'Briefing, not saved',
  afterTheDay: 'After the day',
  nothingToUndo: 'Nothing to undo',
  nothingToRedo: 'Nothing to redo',
  ready: 'Ready',
  noStrike: 'Strike date not set',
  lock: 'Lock',
  themeToDark: 'Dark theme',
  themeToLight: 'Light theme',
};
