/** A plan that notes which of its parts a rule reads: the rule need not be asked again while these are the same. Pure. */
import type { PlanFacts } from './facts.ts';

type Part = keyof PlanFacts;

/** Every part: the type sees to it that none is missing. */
const partNames: Readonly<Record<Part, true>> = {
  today: true,
  now: true,
  operation: true,
  people: true,
  premises: true,
  warrants: true,
  targets: true,
  teams: true,
  officers: true,
  safeguarding: true,
  referrals: true,
  intelligence: true,
  lines: true,
  seizures: true,
  results: true,
  arrests: true,
  actions: true,
  refreshed: true,
};

class WatchedPlan {
  readonly plan: PlanFacts;
  readonly names = new Set<Part>();
  constructor(plan: PlanFacts) {
    this.plan = plan;
  }
}

// Getters of the class, not of each plan: rules ask for a part once for every row.
for (const name of Object.keys(partNames) as Part[]) {
  Object.defineProperty(WatchedPlan.prototype, name, {
    get(this: WatchedPlan) {
      this.names.add(name);
      return this.plan[name];
    },
  });
}

/** The parts of a plan that were read, as they were. */
export type Reads = readonly (readonly [Part, unknown])[];

/**
 * What `work` finds in the plan, and the parts of the plan that it read. Nobody has to declare what a rule reads, and
 * nobody can forget to. What is kept from one question to the next must be kept with the parts it came from, never with
 * the plan.
 */
export function watchReads<T>(plan: PlanFacts, work: (plan: PlanFacts) => T): { answer: T; reads: Reads } {
  const watched = new WatchedPlan(plan);
  const answer = work(watched as unknown as PlanFacts);
  return { answer, reads: [...watched.names].map((name) => [name, plan[name]] as const) };
}

/** True while every part that was read is the one that the plan has. */
export function readsTheSame(plan: PlanFacts, reads: Reads): boolean {
  return reads.every(([name, part]) => plan[name] === part);
}
