import { iimarch, safcorm } from '../../reference/briefing.ts';
import type { ReadinessRule, Row } from './facts.ts';
import { saysPresent, textOf } from './facts.ts';
import { activeTargets, crewOf, plannedPremises, rowOf, targetsOfTeam, warrantsFor } from './planIndex.ts';

/** Rules about the day itself: warrants, teams, briefing and intelligence. */
export const planRules: readonly ReadinessRule[] = [
  {
    rule: 'operation.no-strike',
    severity: 'blocker',
    why: 'Without a strike date no warrant can be checked.',
    source: 'Design of this product',
    check: (plan) =>
      textOf(plan.operation, 'strike') === ''
        ? [
            {
              refs: [plan.operation.ref],
              field: 'strike',
              message: 'The operation has no strike date.',
              mend: 'Set the date and time of the strike.',
            },
          ]
        : [],
  },
  {
    rule: 'target.search-without-warrant',
    severity: 'blocker',
    why: 'Entry and search need a warrant or another power.',
    source: 'Police and Criminal Evidence Act 1984 ss.8, 17, 18, 32; domain-facts 4.1',
    check: (plan) =>
      activeTargets(plan)
        .filter(
          (target) =>
            textOf(target, 'objective') === 'search' || textOf(target, 'subject').startsWith('PRM-'),
        )
        .filter((target) => textOf(target, 'objective') !== 'safeguard')
        .filter((target) => {
          const premises = textOf(target, 'premises') || textOf(target, 'subject');
          return textOf(target, 'warrant') === '' && warrantsFor(plan, premises).length === 0;
        })
        .filter((target) => !/\bs(ection)?\.? ?(17|18|32)\b/i.test(textOf(target, 'grounds')))
        .map((target) => ({
          refs: [target.ref],
          field: 'warrant',
          message:
            'A search is planned and there is neither a warrant for the premises nor another power in the grounds.',
          mend: 'Link the warrant, or state the power (PACE s.17, s.18 or s.32) in the grounds.',
        })),
  },
  {
    rule: 'target.person-twice',
    severity: 'warning',
    why: 'Two teams can be sent to arrest one person, and each leaves the other waiting.',
    source: 'Design of this product: two records that turn out to be one person leave two targets',
    check: (plan) => {
      const first = new Map<string, Row>();
      return activeTargets(plan).flatMap((target) => {
        const subject = textOf(target, 'subject');
        const earlier = first.get(subject);
        if (!subject.startsWith('NOM-')) return [];
        if (!earlier) {
          first.set(subject, target);
          return [];
        }
        const [here, there] = [textOf(target, 'premises'), textOf(earlier, 'premises')];
        // At two places is said by its own rule.
        if (here !== '' && there !== '' && here !== there) return [];
        return [
          {
            refs: [target.ref, earlier.ref, subject],
            field: 'status',
            message: `This target and ${earlier.ref} are for the same person.`,
            mend: `Keep one of the two: take into it what only the other says, and drop the other. Where they are two people, take ${subject} apart.`,
          },
        ];
      });
    },
  },
  {
    rule: 'warrant.no-premises',
    severity: 'blocker',
    why: 'A warrant that is not tied to premises can put a door in at the wrong house.',
    source: 'Design of this product',
    check: (plan) =>
      plan.warrants
        .filter(
          (warrant) =>
            textOf(warrant, 'premises') === '' &&
            !['returned', 'refused', 'cancelled', 'unexecuted'].includes(textOf(warrant, 'status')),
        )
        .map((warrant) => ({
          refs: [warrant.ref],
          field: 'premises',
          message: textOf(warrant, 'premisesText')
            ? 'The premises of the warrant are written but not linked to a record.'
            : 'The warrant names no premises.',
          mend: 'Choose the premises of the warrant and compare the address with the paper.',
        })),
  },
  {
    rule: 'warrant.person-unlinked',
    severity: 'note',
    why: 'A name alone identifies nobody; the warrant was not linked by guess.',
    source: 'Design of this product',
    check: (plan) =>
      plan.warrants
        .filter((warrant) => textOf(warrant, 'personText') !== '' && textOf(warrant, 'person') === '')
        .map((warrant) => ({
          refs: [warrant.ref],
          field: 'person',
          message: `The warrant names "${textOf(warrant, 'personText')}", who is not linked to a person.`,
          mend: 'Choose the person, after comparing date of birth or PNC ID.',
        })),
  },
  {
    rule: 'team.no-leader',
    severity: 'blocker',
    why: 'Every team needs a leader who is briefed and answers for it.',
    source: 'domain-facts 3.4 (serial and team allocation)',
    check: (plan) =>
      plan.teams
        .filter((team) => textOf(team, 'leader') === '')
        .map((team) => ({
          refs: [team.ref],
          field: 'leader',
          message: `Team ${textOf(team, 'name')} has no leader.`,
          mend: 'Choose the leader from the officers.',
        })),
  },
  {
    rule: 'officer.in-two-teams',
    severity: 'blocker',
    why: 'Nobody can be in two places.',
    source: 'Design of this product',
    check: (plan) => {
      const teamsOf = new Map<string, Row[]>();
      for (const team of plan.teams) {
        for (const officer of crewOf(team)) teamsOf.set(officer, [...(teamsOf.get(officer) ?? []), team]);
      }
      return [...teamsOf].flatMap(([officer, teams]) =>
        teams.length > 1
          ? [
              {
                refs: [officer, ...teams.map((team) => team.ref)],
                message: `An officer is in ${teams.length} teams: ${teams.map((team) => textOf(team, 'name')).join(', ')}.`,
                mend: 'Leave the officer in one team.',
              },
            ]
          : [],
      );
    },
  },
  {
    rule: 'team.double-booked',
    severity: 'blocker',
    why: 'A team cannot enter two addresses at the same time.',
    source: 'Design of this product',
    check: (plan) => {
      const strike = (warrant: Row) => textOf(warrant, 'strike') || textOf(plan.operation, 'strike');
      return plan.teams.flatMap((team) => {
        const entries = new Map<string, Set<string>>();
        const note = (place: string, time: string) => {
          if (!place || !time) return;
          const places = entries.get(time);
          if (places) places.add(place);
          else entries.set(time, new Set([place]));
        };
        note(textOf(team, 'premises'), textOf(team, 'strikeAt') || textOf(plan.operation, 'strike'));
        for (const target of targetsOfTeam(plan, team.ref)) {
          const warrant = rowOf(plan, textOf(target, 'warrant'));
          note(
            textOf(target, 'premises'),
            warrant ? strike(warrant) : textOf(team, 'strikeAt') || textOf(plan.operation, 'strike'),
          );
        }
        return [...entries].flatMap(([time, places]) =>
          places.size > 1
            ? [
                {
                  refs: [team.ref, ...places],
                  field: 'strikeAt',
                  message: `Team ${textOf(team, 'name')} is planned at ${places.size} addresses at ${time.slice(11, 16) || time}.`,
                  mend: 'Give one of the addresses to another team or another time.',
                },
              ]
            : [],
        );
      });
    },
  },
  {
    rule: 'team.entry-without-training',
    severity: 'warning',
    why: 'Forced entry needs an officer trained in method of entry.',
    source: 'domain-facts 3.4 (method of entry)',
    check: (plan) =>
      plan.teams
        .filter(
          (team) =>
            /forc|enforcer|ram\b|hydraulic|rapid|\bMOE\b/i.test(textOf(team, 'methodOfEntry')) ||
            textOf(rowOf(plan, textOf(team, 'premises')), 'entryMethod') === 'forced',
        )
        .filter(
          (team) =>
            ![...crewOf(team)].some((officer) =>
              /\bMOE\b|method of entry/i.test(textOf(rowOf(plan, officer), 'skills')),
            ),
        )
        .map((team) => ({
          refs: [team.ref],
          field: 'members',
          message: `Team ${textOf(team, 'name')} plans a forced entry and no member is trained in method of entry.`,
          mend: 'Add a trained officer, or change the method.',
        })),
  },
  {
    rule: 'team.briefing-after-strike',
    severity: 'blocker',
    why: 'A team is briefed before it goes.',
    source: 'Design of this product',
    check: (plan) =>
      plan.teams
        .filter((team) => {
          const strike = textOf(team, 'strikeAt') || textOf(plan.operation, 'strike');
          return textOf(team, 'briefAt') !== '' && strike !== '' && textOf(team, 'briefAt') >= strike;
        })
        .map((team) => ({
          refs: [team.ref],
          field: 'briefAt',
          message: `The briefing of team ${textOf(team, 'name')} is not before its strike.`,
          mend: 'Correct the briefing or the strike time.',
        })),
  },
  {
    rule: 'premises.hazard-without-assessment',
    severity: 'warning',
    why: 'A known hazard needs a risk assessment for the address.',
    source: 'domain-facts 3.4 (risk per address)',
    check: (plan) =>
      plannedPremises(plan)
        .filter(
          (premises) =>
            (saysPresent(textOf(premises, 'hazards')) || saysPresent(textOf(premises, 'dogs'))) &&
            textOf(premises, 'riskAssessment') === '',
        )
        .map((premises) => ({
          refs: [premises.ref],
          field: 'riskAssessment',
          message: 'The premises have a hazard or a dog and no risk assessment.',
          mend: 'Write the risk assessment: control measures, who carries them out, what is left.',
        })),
  },
  {
    rule: 'briefing.section-empty',
    severity: 'warning',
    why: 'The briefing order follows IIMARCH; an empty section is a gap on the day.',
    source: 'College of Policing APP, as cited in domain-facts 3.1',
    check: (plan) => {
      const model = textOf(plan.operation, 'briefingModel').toUpperCase() === 'SAFCORM' ? safcorm : iimarch;
      return model.codes
        .filter(({ code }) => textOf(plan.operation, code) === '')
        .map(({ code, label }) => ({
          refs: [plan.operation.ref],
          field: code,
          message: `The briefing section "${label}" is empty.`,
          mend: 'Write it in the operation record, or say why it does not apply.',
        }));
    },
  },
  {
    rule: 'target.warrant-elsewhere',
    severity: 'blocker',
    why: 'A warrant is good for the premises that it names and no others.',
    source: 'Police and Criminal Evidence Act 1984 s.8; domain-facts 4.1',
    check: (plan) =>
      activeTargets(plan).flatMap((target) => {
        const warrant = rowOf(plan, textOf(target, 'warrant'));
        const named = textOf(warrant, 'premises');
        const planned =
          textOf(target, 'premises') ||
          (textOf(target, 'subject').startsWith('PRM-') ? textOf(target, 'subject') : '');
        return warrant && named !== '' && planned !== '' && named !== planned
          ? [
              {
                refs: [target.ref, warrant.ref, planned, named],
                field: 'warrant',
                message: 'The warrant of the target is for other premises than those of the target.',
                mend: 'Link the warrant for these premises, or correct the premises.',
              },
            ]
          : [];
      }),
  },
  {
    rule: 'warrant.number-twice',
    severity: 'warning',
    why: 'Two records of one warrant are executed, endorsed and returned twice, or not at all.',
    source: 'Design of this product',
    check: (plan) => {
      const byNumber = new Map<string, Row[]>();
      for (const warrant of plan.warrants) {
        const number = textOf(warrant, 'number').toLowerCase();
        if (number !== '') byNumber.set(number, [...(byNumber.get(number) ?? []), warrant]);
      }
      return [...byNumber.values()]
        .filter((warrants) => warrants.length > 1)
        .map((warrants) => ({
          refs: warrants.map((warrant) => warrant.ref),
          field: 'number',
          message: `${warrants.length} records have the warrant number ${textOf(warrants[0], 'number')}.`,
          mend: 'Correct the number, or cancel the record that stands twice.',
        }));
    },
  },
  {
    rule: 'team.finish-before-strike',
    severity: 'warning',
    why: 'Times that run backwards hide clashes between teams.',
    source: 'Design of this product',
    check: (plan) =>
      plan.teams
        .filter((team) => {
          const strike = textOf(team, 'strikeAt') || textOf(plan.operation, 'strike');
          return textOf(team, 'finishAt') !== '' && strike !== '' && textOf(team, 'finishAt') <= strike;
        })
        .map((team) => ({
          refs: [team.ref],
          field: 'finishAt',
          message: `Team ${textOf(team, 'name')} finishes before it strikes.`,
          mend: 'Correct the finish or the strike time.',
        })),
  },
  {
    rule: 'action.overdue',
    severity: 'note',
    why: 'An action past its date is either done and not recorded, or forgotten.',
    source: 'Design of this product',
    check: (plan) =>
      plan.actions
        .filter(
          (action) =>
            textOf(action, 'due') !== '' &&
            textOf(action, 'due') < plan.today &&
            !['done', 'cancelled'].includes(textOf(action, 'status')),
        )
        .map((action) => ({
          refs: [action.ref],
          field: 'status',
          message: `The action "${textOf(action, 'title')}" is past its date and not done.`,
          mend: 'Record the outcome, or give it a new date.',
        })),
  },
];
