/**
 * Which of the operations of the Data Protection Act 2018 s.62 each method of the contract records, or why none.
 * A method that is not listed fails `test/engine/auditCompleteness.test.ts`: nobody adds one without saying.
 */

/** The six operations of s.62(1), and what happens to the workspace itself. */
export type RecordedOperation =
  | 'collection'
  | 'alteration'
  | 'consultation'
  | 'disclosure'
  | 'combination'
  | 'erasure'
  | 'session';

/**
 * - `operation`: the function that does the work writes the entry, in the transaction of the change.
 * - with `looked`: the engine writes it after the method has answered, in these words, once for a look.
 * - `none`: why there is no entry.
 *
 * `under` is the name in the entry where it is another: several methods write one kind of entry.
 */
export type Recorded =
  | { operation: RecordedOperation; looked?: undefined; under?: string }
  | { operation: 'consultation'; looked: string }
  | { none: string };

const by = (operation: RecordedOperation, under?: string): Recorded => ({
  operation,
  ...(under === undefined ? {} : { under }),
});
const looked = (words: string): Recorded => ({ operation: 'consultation', looked: words });
const none = (why: string): Recorded => ({ none: why });

const outside = 'It reads what is not in the workspace.';
const settings = 'How the window is set: nothing about a person.';
const counts = 'It shows counts and names of things, nothing about a person.';
const mending = 'It names records by number and what is missing in them; opening one is recorded.';
const record = 'It shows the record itself; what it shows of a person is recorded when an entry is opened.';

export const recorded: Readonly<Record<string, Recorded>> = {
  'workspace.recent': none(outside),
  'workspace.create': by('collection'),
  'workspace.open': by('session'),
  'workspace.close': by('session'),
  'workspace.status': none('It says which workspace is open.'),

  'operation.overview': none(counts),

  'grids.page': by('consultation'),
  'grids.values': by('consultation'),
  'grids.groups': none(counts),
  'grids.loadState': none(settings),
  'grids.saveState': none(settings),
  'grids.views': none(settings),
  'grids.saveView': none(settings),
  'grids.removeView': none(settings),

  'records.show': by('consultation'),
  'records.find': by('consultation'),
  'records.cellHistory': by('consultation'),
  'records.dossier': by('consultation'),
  'records.photograph': by('consultation'),
  'records.add': by('alteration'),
  'records.set': by('alteration'),
  'records.paste': by('alteration'),
  'records.remove': by('alteration'),
  'records.makeTargets': by('alteration', 'records.add'),
  'records.attachPhotograph': by('alteration'),

  'imports.inspect': none(outside),
  'imports.cells': none(outside),
  'imports.preview': none('It reads a file that is not in the workspace yet; importing it is recorded.'),
  'imports.expand': none(outside),
  'imports.rows': none(outside),
  'imports.commit': by('collection'),
  'imports.report': looked('Looked at the report of an import, with its rejected rows'),
  'imports.compare': by('consultation'),
  'imports.exportRejected': by('disclosure'),
  'imports.exportLedger': by('disclosure'),

  'mappings.list': none('How sheets are read: nothing about a person.'),
  'mappings.save': by('alteration'),
  'mappings.remove': by('alteration'),

  'search.find': by('consultation'),
  'search.facets': none(counts),
  'search.index': none('It builds the index of what is there already.'),

  'sources.view': by('consultation'),
  'sources.exportOriginal': by('disclosure'),

  'tables.write': by('disclosure'),

  'packs.preview': none(counts),
  'packs.pages': by('consultation'),
  'packs.export': by('disclosure'),
  'packs.specs': none('Kinds of pack: nothing about a person.'),
  'packs.saveSpec': by('alteration', 'packSpecs.save'),
  'packs.removeSpec': by('alteration', 'packSpecs.remove'),
  'packs.register': none('Who holds which copy: about recipients, not about anybody in the operation.'),
  'packs.staleHolders': none('Who holds which copy: about recipients, not about anybody in the operation.'),
  'packs.settle': by('alteration'),
  'packs.recall': by('alteration'),
  'packs.changes': by('consultation'),
  'packs.reissue': by('disclosure'),

  'readiness.check': none(mending),
  'readiness.about': none(mending),
  'readiness.accept': by('alteration'),
  'readiness.withdraw': by('alteration'),

  'plan.board': looked('Looked at the board'),
  'plan.clocks': looked('Looked at the periods that run'),
  'plan.tally': none(counts),

  'briefing.read': looked('Read the briefing'),
  'briefing.versions': none('It lists versions by number, time and author.'),
  'briefing.save': by('alteration'),
  'briefing.spelling': none('It reads a text that the page sends.'),

  'history.list': none(record),
  'history.undo': by('alteration'),
  'history.redo': by('alteration'),
  'history.verify': none('It compares hashes and signatures.'),

  'exchange.status': none('Which copies there are and which packages went: nothing about a person.'),
  'exchange.copy': by('disclosure'),
  'exchange.make': by('disclosure'),
  'exchange.preview': looked('Looked at what a package of another copy would bring'),
  'exchange.take': by('collection', 'exchange.receive'),
  'exchange.conflicts': looked('Looked at the conflicts between copies'),
  'exchange.resolve': by('alteration'),

  'drafts.list': none("The user's own texts, not saved yet."),
  'drafts.keep': none("The user's own texts, not saved yet; saving them is recorded."),

  'locking.settings': none(settings),
  'locking.change': by('alteration'),

  'users.list': none('Who may open the workspace: about its users, not about anybody in the operation.'),
  'users.strength': none('It judges a passphrase that is not kept.'),
  'users.add': by('alteration'),
  'users.setRole': by('alteration'),
  'users.reset': by('alteration'),
  'users.remove': by('alteration'),
  'users.rotate': by('alteration'),
  'users.rename': by('session'),
  'users.changePassphrase': by('session'),
  'users.makeRecoveryKey': by('session'),
  'users.recover': by('session'),

  'backups.make': by('session'),
  'backups.toFile': by('disclosure'),
  'backups.saveSettings': by('alteration'),
  'backups.restore': none('It makes a workspace of its own; opening it is recorded there.'),
  'backups.list': none('It lists files by name, size and age.'),
  'backups.check': none('It compares hashes and signatures.'),
  'backups.examine': none(outside),
  'backups.found': none(outside),

  'matching.find': by('consultation'),
  'matching.parts': by('consultation'),
  'matching.keepThreshold': by('alteration', 'matchThreshold.keep'),
  'matching.merge': by('combination'),
  'matching.mergeAll': by('combination', 'matching.merge'),
  'matching.split': by('alteration'),
  'matching.decide': by('alteration'),

  'timeline.lanes': by('consultation'),

  'calls.overview': by('consultation'),
  'calls.picture': by('consultation'),
  'calls.findings': by('consultation'),
  'calls.thresholds': none(settings),
  'calls.saveThresholds': by('alteration', 'callThresholds.save'),
  'calls.makeIntelligence': by('alteration', 'records.add'),
  'calls.addToTarget': by('alteration', 'records.set'),

  'chart.around': by('consultation'),
  'chart.rows': by('consultation'),
  'chart.load': none(settings),
  'chart.save': none(settings),

  'pictures.keep': by('alteration'),
  'pictures.list': none('It lists pictures by title, kind and day; opening one is recorded.'),
  'pictures.show': by('consultation'),
  'pictures.remove': by('alteration'),
  'pictures.write': by('disclosure'),

  'places.status': none('Which files were loaded to place things by: nothing about a person.'),
  'places.load': by('collection'),
  'places.refused': none('Rows of a postcode file: nothing about a person.'),
  'places.loadOutline': by('collection'),
  'places.removeOutline': by('alteration'),
  'places.outline': none('An outline to draw on: nothing about a person.'),
  'places.map': by('consultation'),
  'places.ground': none('How many postcodes lie where: nothing about a person.'),

  'priorities.list': by('consultation'),
  'priorities.about': by('consultation'),
  'priorities.weights': none(settings),
  'priorities.saveWeights': by('alteration', 'priorityWeights.save'),

  'network.measure': by('consultation'),
  'network.links': by('consultation'),
  'network.compare': by('consultation'),

  'audit.settings': none(settings),
  'audit.changeSettings': by('alteration'),
  'audit.justify': by('session'),
  'audit.counts': none(record),
  'audit.entry': by('consultation'),
  'audit.head': none('It shows a number and a hash.'),
  'audit.checkHead': none('It compares hashes.'),
  'audit.verify': none('It compares hashes and signatures.'),
  'audit.report': by('disclosure'),

  'closing.state': none('It says where the criminal case stands.'),
  'closing.saveCase': by('alteration'),
  'closing.retention': looked('Looked at how long people are kept'),
  'closing.setGroup': by('alteration'),
  'closing.retain': by('alteration'),
  'closing.material': none('It lists items by kind and day, not what they say.'),
  'closing.judge': by('alteration'),
  'closing.writeSchedule': by('disclosure'),
  'closing.archive': by('disclosure'),
  'closing.reopen': by('alteration'),
  'closing.planErasure': looked('Looked at what an erasure would do'),
  'closing.erasePerson': by('erasure'),
  'closing.eraseOperation': by('erasure'),

  'events.changes': none('It says that something changed, not what.'),
};

/** What a method (`area.name`) records; undefined for one that is not listed. */
export const recordedOf = (method: string): Recorded | undefined =>
  Object.hasOwn(recorded, method) ? recorded[method] : undefined;
