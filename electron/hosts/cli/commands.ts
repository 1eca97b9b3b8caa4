/** The table of commands; help, dispatch and the documentation test read it. */

import { checkHead, history, justification, record, showEntry, showHead } from './auditCommands.ts';
import { backup, restore, verify } from './backupCommands.ts';
import { calls, findings } from './callCommands.ts';
import { archive, criminalCase, erase, material, retention, schedule } from './closingCommands.ts';
import { demo } from './demo.ts';
import { exchange } from './exchangeCommands.ts';
import { importCommand, inspect } from './intakeCommands.ts';
import { mappings } from './mappingCommands.ts';
import { differ, matches, merge, split } from './matchingCommands.ts';
import { network } from './networkCommands.ts';
import { packs } from './packCommands.ts';
import { pictures } from './pictureCommands.ts';
import { postcodes } from './placeCommands.ts';
import { accept, board, briefing, clocks, dossier, tally, withdraw } from './planCommands.ts';
import { priorities } from './priorityCommand.ts';
import { add, attach, check, list, remove, set, show } from './recordCommands.ts';
import { compare } from './refreshCommands.ts';
import type { Run, Status } from './run.ts';
import { search } from './searchCommand.ts';
import { ledger, original, rejected, rows, source } from './sourceCommands.ts';
import { tables } from './tableCommands.ts';
import { timeline } from './timelineCommand.ts';
import { users } from './userCommands.ts';
import { exportPack, newWorkspace, redo, undo } from './workspaceCommands.ts';

export interface Command {
  name: string;
  usage: string;
  /** First line: what it does. */
  about: string;
  run(run: Run): Promise<Status>;
}

export const commands: readonly Command[] = [
  {
    name: 'new',
    usage: 'new WORKSPACE --name NAME [--marking M] [--user NAME]',
    about: 'Creates an encrypted workspace for one operation in the folder WORKSPACE.',
    run: newWorkspace,
  },
  {
    name: 'inspect',
    usage: 'inspect FILE|FOLDER|ZIP [--cells] [--rows N] [--file-password-file FILE]',
    about:
      'Shows what the readers see in a file: sheets, header row, guessed kind and mapping.\nWith --cells every cell as shown, as stored, and its type.',
    run: inspect,
  },
  {
    name: 'import',
    usage:
      'import WORKSPACE FILE|FOLDER|ZIP... [--kind K] [--sheet S] [--mapping FILE] [--date-order dmy|mdy|ymd] [--conflicts keep|take] [--refresh SRC-n [--key COLUMNS] [--take STATES] [--leave STATES] [--decisions FILE]] [--file-password-file FILE] [--preview]',
    about:
      'Brings spreadsheets in. Every row is accounted for; one journal entry, undone as a whole.\nKinds: person, phone, premises, vehicle, intelligence, communication, warrant, officer, crime, custody, referral.\nWith --refresh the sheet is a later issue of SRC-n: new and changed rows are taken, conflicting and vanished ones left, unless --take, --leave or --decisions say otherwise.',
    run: importCommand,
  },
  {
    name: 'compare',
    usage:
      'compare WORKSPACE FILE [--against SRC-n] [--key COLUMNS] [--sheet S] [--mapping FILE] [--date-order dmy|mdy|ymd]',
    about:
      'Shows what a later issue of a sheet changes: rows that are new, changed, conflicting, vanished.\n--key names the columns that tell rows apart, by heading or letter, for instance --key "Name,DOB". Nothing is imported.',
    run: compare,
  },
  {
    name: 'mappings',
    usage:
      'mappings WORKSPACE [list | save NAME FILE [--sheet S] [--mapping FILE] | remove NAME | export NAME]',
    about:
      'Keeps how sheets are read, for the next file like them.\n"export" prints a mapping as a file for import --mapping; "save NAME --mapping FILE" takes one in.',
    run: mappings,
  },
  {
    name: 'rows',
    usage:
      'rows FILE [--sheet S] [--only all|problems|repaired|skipped|rejected] [--row N] [--limit N] [--file-password-file FILE]',
    about:
      'Shows rows of a file as the import would read them, raw beside cleaned, with the problems of each cell.\nNothing is imported; no workspace is needed.',
    run: rows,
  },
  {
    name: 'rejected',
    usage: 'rejected WORKSPACE IMP-n --out DIR --reason TEXT',
    about:
      'Writes the rejected rows of an import as a workbook with the reasons, to be mended and imported again.\nRecorded as a disclosure.',
    run: rejected,
  },
  {
    name: 'ledger',
    usage: 'ledger WORKSPACE IMP-n --out DIR --reason TEXT',
    about: 'Writes the loss ledger of an import as a PDF. Recorded as a disclosure.',
    run: ledger,
  },
  {
    name: 'source',
    usage: 'source WORKSPACE REF [FIELD] [--which N] [--around N] | source WORKSPACE SRC-n --row N',
    about:
      'Shows the row of the sheet from which a value came, as it stood, with its neighbours.\n--which takes the second, third, … source of the value.',
    run: source,
  },
  {
    name: 'original',
    usage: 'original WORKSPACE SRC-n --out DIR --reason TEXT',
    about: 'Writes an original file as it was imported. Recorded as a disclosure.',
    run: original,
  },
  {
    name: 'list',
    usage: 'list WORKSPACE GRID [--where JSON] [--sort FIELD[:desc]] [--limit N] [--offset N] [--sources]',
    about:
      'Prints rows of a grid.\n--where takes {"field": value} or {"field": {"contains": "text"}}; also eq, ne, gt, gte, lt, lte, in, startsWith, blank.\n"@records": {"in": ["NOM-3"]} leaves what has to do with these records, "@period": {"gte": DATE, "lte": DATE} what is of these days.',
    run: list,
  },
  {
    name: 'search',
    usage: 'search WORKSPACE TEXT... [--in GRID,…] [--from DATE] [--to DATE] [--limit N] [--sources]',
    about:
      'Searches everything: names, numbers in any way of writing, parts of marks and postcodes, words of intelligence, original cells.\nHandsets, SIM cards and cells of call data are not among them: list calls with a filter for those.\n"a phrase" stands together, -word is left out. Slips of the finger are forgiven. Recorded as a consultation.',
    run: search,
  },
  {
    name: 'show',
    usage: 'show WORKSPACE REF',
    about: 'Shows one record with the file, sheet, row, column and raw text behind every value.',
    run: show,
  },
  {
    name: 'add',
    usage: 'add WORKSPACE GRID FIELD=VALUE... [--reason TEXT]',
    about: 'Adds a record by hand.',
    run: add,
  },
  {
    name: 'set',
    usage: 'set WORKSPACE REF FIELD=VALUE... [--reason TEXT]',
    about: 'Changes values of a record. FIELD= blanks one.',
    run: set,
  },
  {
    name: 'remove',
    usage: 'remove WORKSPACE REF... [--reason TEXT]',
    about: 'Takes records that were added by hand out of the plan.',
    run: remove,
  },
  {
    name: 'attach',
    usage: 'attach WORKSPACE REF PICTURE [--taken DATE] [--caption TEXT]',
    about: 'Attaches a photograph to a person or premises.',
    run: attach,
  },
  {
    name: 'check',
    usage: 'check WORKSPACE | check --rules',
    about: 'Checks that the plan holds together. --rules lists the rules.',
    run: check,
  },
  {
    name: 'accept',
    usage: 'accept WORKSPACE RULE REF... --reason TEXT',
    about:
      'Sets a finding of the check aside with a reason, which is kept.\nRULE and every REF as "check --json" gives them. A finding about a child or a person at risk is never set aside.',
    run: accept,
  },
  {
    name: 'withdraw',
    usage: 'withdraw WORKSPACE NUMBER',
    about: 'Takes an acceptance back: the finding counts again.',
    run: withdraw,
  },
  {
    name: 'board',
    usage: 'board WORKSPACE',
    about: 'Shows the day: teams with their tasks, what no team has, and clashes.',
    run: board,
  },
  {
    name: 'clocks',
    usage: 'clocks WORKSPACE [REF]',
    about: 'Lists every period that runs, the next to end first. Exit status 1 when one has run out.',
    run: clocks,
  },
  {
    name: 'tally',
    usage: 'tally WORKSPACE',
    about: 'Counts what the day brought, each thing once, and lists what is outstanding.',
    run: tally,
  },
  {
    name: 'briefing',
    usage:
      'briefing WORKSPACE [--version N] [--raw] [--spelling] | briefing WORKSPACE --versions | briefing WORKSPACE --set FILE [--model IIMARCH|SAFCORM]',
    about:
      'Prints the briefing with its facts as the plan is now, or saves sections of a text file as the next version.\nA file has headings such as "# Method" or "# Method [OFFICIAL-SENSITIVE]"; sections that it does not name stay. --raw prints it so, with {{facts}}.\nExit status 1 when a fact that it names is not in the plan.',
    run: briefing,
  },
  {
    name: 'dossier',
    usage: 'dossier WORKSPACE REF',
    about: 'Shows everything about one person, premises, line, warrant or team on one screen.',
    run: dossier,
  },
  {
    name: 'export',
    usage:
      'export WORKSPACE --pack PACK [--team T] [--format xlsx,pdf,docx,pptx] --out DIR --recipient R --reason TEXT [--release INT-n=REASON]... [--destroy-by DATE] [--password-file FILE]',
    about:
      'Issues a briefing pack, recorded as a disclosure. "packs WORKSPACE specs" lists the packs.\n--release lets an item with handling conditions go, where they leave room for it; once for each item.\n--password-file protects the workbook: a password is never an argument.',
    run: exportPack,
  },
  {
    name: 'packs',
    usage:
      'packs WORKSPACE [list | changes PACK-n [--against PACK-m] | reissue PACK-n --out DIR --reason TEXT | settle PACK-n... returned|destroyed|lost|held [--note TEXT] [--on DATE] | recall PACK|PACK-n... [--team T] --reason TEXT | specs | save FILE.json | remove PACK]',
    about:
      'Shows every pack that was issued: who holds which copy, what is out of date, past its destroy-by date or recalled.\n"changes" tells what is different in the plan now, or in another issue. "reissue" writes a copy again, byte for byte.\n"settle" says what became of copies; "recall" marks those that are out and lists who has to be asked.\n"specs" lists the packs that there are; "save" keeps one of the force\'s own, whose name begins with own-.',
    run: packs,
  },
  {
    name: 'calls',
    usage: 'calls WORKSPACE [NUMBER|PHN-n|LINE-n]',
    about:
      'Shows what the calls of one phone or deal line show: contacts, hours, bulk texts, handsets, journeys between areas, silences, whose it may be.\nWithout a number: the lines and the busiest numbers.',
    run: calls,
  },
  {
    name: 'findings',
    usage: 'findings WORKSPACE [NUMBER|PHN-n|LINE-n] [--kind K] [--limit N]',
    about:
      'Lists what was found in the call data with score, reasons for and against, and rows.\nKinds: broadcast, customers, rebranded, handset-change, sim-change, common-numbers, courier, co-location, silence, attribution.',
    run: findings,
  },
  {
    name: 'timeline',
    usage: 'timeline WORKSPACE [REF...] [--from DATE] [--to DATE] [--limit N]',
    about:
      'Everything with a date on one axis: calls, intelligence, crimes, custody, safeguarding, lines, warrants, the day, the plan and its clocks.\nWith references (people, phones, lines, premises, vehicles, groups, targets) each has lanes of its own, so that the silence of a phone stands beside a custody. What has no date is counted.',
    run: timeline,
  },
  {
    name: 'priorities',
    usage: 'priorities WORKSPACE [--kind people|premises|lines] [--concern C] [--limit N]',
    about:
      'Who and what comes first: for safeguarding, with what is known and what is missing; and for enforcement, by points from evidence and judgement.\nPoints are an order for reading and prove nothing. What raises a concern of safeguarding adds to no points.\nConcerns: under-18, may-be-under-18, child-at-warrant, missing, exploited, victim, adult-at-risk, vulnerable, cuckooed, children-there, vulnerable-there, referral, age-not-known.',
    run: priorities,
  },
  {
    name: 'pictures',
    usage: 'pictures WORKSPACE [list | save N --out DIR --recipient WHO --reason TEXT | remove N]',
    about:
      'Pictures of the link chart, the timeline and the map that were kept for packs.\n"save" writes one as PNG and its table as CSV, recorded as a disclosure; where it shows what may not leave, the table goes alone. "remove" takes one out; undo puts it back.',
    run: pictures,
  },
  {
    name: 'postcodes',
    usage:
      'postcodes WORKSPACE [status | load FILE [--note TEXT] | refused | outline FILE.geojson [--note TEXT]]',
    about:
      'Says where postcodes are, from a file of your own: ONS (NSPL, ONSPD), Code-Point Open, or a table with latitude and longitude.\n"load" takes the place of what was loaded before; "refused" lists the rows that give no place; "outline" loads boundaries to draw behind the map. --note keeps the words that the licence of the file asks for.\nExit status 1 when rows were refused.',
    run: postcodes,
  },
  {
    name: 'network',
    usage:
      'network WORKSPACE [REF | --without REF... | --targets] [--least-calls N] [--unfolded] [--singles] [--confirmed] [--limit N]',
    about:
      'Measures the network of the links: who stands between others, groups, key players, each with what it means, and who comes under safeguarding.\nWith a reference its links and what they rest on. --without and --targets tell what is left without these, or without every target of the plan.\n--unfolded keeps phones apart from their people and lines, --least-calls 0 leaves call data out, --confirmed takes only evidence graded A or B, --singles counts phones with one contact and nothing known.',
    run: network,
  },
  {
    name: 'matches',
    usage: 'matches WORKSPACE [--kind people|premises|vehicles|phones] [--threshold P [--keep]]',
    about:
      'Lists pairs that may be the same, each with its probability and what speaks for and against it, and the groups that hang together at the threshold (0.95 unless another was kept). Nothing is changed; --keep keeps the threshold in the workspace. What was said to be different is left out.',
    run: matches,
  },
  {
    name: 'merge',
    usage: 'merge WORKSPACE REF REF... [--reason TEXT]',
    about:
      'Makes one record of several. The first keeps its reference, and what names the others names it.\nUndone with "undo", or at any later time with "split".',
    run: merge,
  },
  {
    name: 'split',
    usage: 'split WORKSPACE REF [--member REF]... [--evidence SRC-n:ROW]... [--reason TEXT]',
    about:
      'Takes merged records, or rows of evidence, out of a record into one of their own; the two are remembered as different.\nWithout --member and --evidence it lists what the record was merged from and rests on.',
    run: split,
  },
  {
    name: 'differ',
    usage: 'differ WORKSPACE REF REF [--unsure] [--reason TEXT]',
    about:
      'Remembers that two records are different: they are not proposed again, whatever is imported anew.\nWith --unsure the question is left open until there is new evidence.',
    run: differ,
  },
  {
    name: 'tables',
    usage:
      'tables WORKSPACE [--grid GRID] [--profile table|network] [--format csv|xlsx] --out DIR --recipient R --reason TEXT',
    about:
      'Writes tables that Excel and link chart tools take at once: every grid or one of them, or with --profile network the entities and links with their identities, types and grades. Intelligence that needs a decision stays. Journaled as a disclosure.',
    run: tables,
  },
  {
    name: 'history',
    usage:
      'history WORKSPACE [--by USER] [--only OPERATIONS] [--from DAY] [--to DAY] [--about REF] [--text TEXT] [--without-reason] [--limit N]',
    about:
      'Lists the record, newest first, with counts.\nOperations: collection, alteration, consultation, disclosure, combination, erasure, session.',
    run: history,
  },
  {
    name: 'entry',
    usage: 'entry WORKSPACE N',
    about: 'Shows one entry of the record with the values before and after.',
    run: showEntry,
  },
  {
    name: 'record',
    usage:
      'record WORKSPACE --out DIR --recipient R [--reason TEXT] [--format pdf|xlsx|csv] [--by USER] [--only OPERATIONS] [--from DAY] [--to DAY] [--about REF] [--text TEXT] [--without-reason]',
    about: 'Writes the record, or a part of it, for who has to read it. Recorded as a disclosure.',
    run: record,
  },
  {
    name: 'head',
    usage: 'head WORKSPACE',
    about:
      'Prints the newest entry and its hash in groups, to be signed and kept elsewhere; verify --head checks it later.',
    run: showHead,
  },
  {
    name: 'justification',
    usage:
      'justification WORKSPACE [--consultation off|optional|required] [--disclosure off|optional|required] [--reason TEXT]',
    about:
      'Shows or sets whether opening records and disclosing need a reason. Leads only.\nEvery command takes --justification TEXT: what is being done, written with every record that it opens.',
    run: justification,
  },
  {
    name: 'undo',
    usage: 'undo WORKSPACE [ENTRY]',
    about: 'Undoes the newest change, or the entry named.',
    run: undo,
  },
  { name: 'redo', usage: 'redo WORKSPACE', about: 'Redoes what was undone last.', run: redo },
  {
    name: 'verify',
    usage: 'verify WORKSPACE [--deep] [--accept-older] | verify WORKSPACE --head HASH [--entry N]',
    about:
      'Checks that a workspace is whole: every page, the hash chain and signatures of the journal, every file that is kept whole.\nAlso where it does not open any more; names what is broken and the newest backup that is good. --deep also checks indexes, references and all backups.\nWith --head whether the record contains a head that was printed.',
    run: (run) => (run.args.options.has('head') ? checkHead(run) : verify(run)),
  },
  {
    name: 'users',
    usage:
      'users WORKSPACE [list | add NAME --role lead|analyst|reader | role NAME ROLE | reset NAME | remove NAME [--keep-key] | rename NEWNAME | passphrase | recovery | recover | rotate] [--new-passphrase-file FILE] [--recovery-key-file FILE]',
    about:
      'Says who may open a workspace, in which role, and changes it.\n"add" and "reset" give a passphrase that opens once; "remove" also changes the data key, unless --keep-key; "rotate" changes it alone.\n"rename", "passphrase" and "recovery" (a recovery key, shown once) are about yourself; "recover" opens with a recovery key. New secrets come from FELLSIDE_NEW_PASSPHRASE and FELLSIDE_RECOVERY_KEY, files, or a prompt.',
    run: users,
  },
  {
    name: 'backup',
    usage: 'backup WORKSPACE [--out FILE [--reason TEXT] | --list]',
    about:
      'Backs up a workspace into one encrypted file and reads it back. Without --out the file goes into the folder "backups" of the workspace; --list shows those that are there.',
    run: backup,
  },
  {
    name: 'restore',
    usage: 'restore FILE|WORKSPACE [--from NAME] --out FOLDER [--recover] [--recovery-key-file FILE]',
    about:
      'Makes a workspace from a backup, and only when every page and entry of it holds. Never writes over anything.\nWith --from NAME the backup is one of those in the folder of WORKSPACE; with --recover a recovery key of the day of the backup opens it (FELLSIDE_RECOVERY_KEY, a file, or a prompt).',
    run: restore,
  },
  {
    name: 'exchange',
    usage:
      'exchange WORKSPACE [status | copy --out FOLDER --name NAME [--reason TEXT] | make --out DIR [--to COPY] --recipient R --reason TEXT | take FILE... [--preview] | conflicts | resolve REF FIELD --take A|B]',
    about:
      'Carries work between copies of a workspace on machines that never meet, by files on a stick.\n"copy" makes a copy, which opens with the same passphrases and numbers its rows with a letter of its own. "make" writes a signed, encrypted package of what the other copies are not known to have; recorded as a disclosure. "take" merges a package: everything in it or nothing, after a backup; --preview changes nothing.\n"conflicts" lists what copies say differently, with exit status 1 where there is something; "resolve" decides one, and the decision goes to the other copies.',
    run: exchange,
  },
  {
    name: 'case',
    usage:
      'case WORKSPACE [--proceedings undecided|none|open|concluded] [--concluded DAY] [--convicted DAY] [--custody yes|no] [--released DAY] [--appeal none|pending|decided] [--appeal-decided DAY] [--reason TEXT]',
    about: 'Shows or says where the criminal case stands: until it is over nothing relevant can be erased.',
    run: criminalCase,
  },
  {
    name: 'retention',
    usage:
      'retention WORKSPACE [REF... --group 1|2|3|4|none --reason TEXT] | [REF --until DAY --reason TEXT]',
    about:
      'Lists people with their retention group and the day of the next review, those that are due first.\nNothing is deleted by it. --group chooses the group, --until records a decision to retain.',
    run: retention,
  },
  {
    name: 'material',
    usage: 'material WORKSPACE [ITEM... FIELD=VALUE...]',
    about:
      'Lists every item that may be material: sources, reports, packs, photographs, products, negative results.\nFields: relevant, used (used, unused), sensitive, sensitiveReason, description, location, undermines.',
    run: material,
  },
  {
    name: 'schedule',
    usage: 'schedule WORKSPACE c|d --out DIR --recipient R [--reason TEXT] [--format docx|pdf|xlsx]',
    about:
      'Writes a draft of the MG6C (c) or the MG6D (d) for the disclosure officer. Recorded as a disclosure.',
    run: schedule,
  },
  {
    name: 'archive',
    usage:
      'archive WORKSPACE --out FILE --reason TEXT [--certificate] | archive WORKSPACE --reopen --reason TEXT',
    about:
      'Seals everything with its record into one encrypted file; the workspace is read only after that.\nThe file is restored like a backup.',
    run: archive,
  },
  {
    name: 'erase',
    usage:
      'erase WORKSPACE NOM-n --dry-run [--texts] | erase WORKSPACE NOM-n --confirm NOM-n --reason TEXT [--texts] [--out DIR] | erase WORKSPACE --operation --confirm NAME --reason TEXT --out DIR',
    about:
      'Erases a person from everywhere in the workspace, and looks for what is left; it cannot be undone.\n--texts also takes the person out of texts about others. With --operation the whole workspace is destroyed.',
    run: erase,
  },
  {
    name: 'demo',
    usage: 'demo [--out DIR]',
    about: 'Runs the whole job on the invented demonstration operation.',
    run: demo,
  },
];

export const findCommand = (name: string): Command | undefined =>
  commands.find((command) => command.name === name);
