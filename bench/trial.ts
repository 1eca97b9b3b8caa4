/** What a trial is. The harness runs each part in a process of its own. */

export interface TrialContext {
  /** A folder of this trial's own; what `prepare` wrote there is found by every later process. */
  folder: string;
  /** A tiny size, to see that the trial works; its figures mean nothing. */
  quick: boolean;
}

/** Further figures of a run, by name; the name says the unit. */
export type Figures = Record<string, number>;

type Work = (context: TrialContext) => Promise<Figures>;

export interface Trial {
  name: string;
  note: string;
  /** Makes the input once, in a process of its own; not measured. Returns sizes of the data. */
  prepare?: Work;
  /** Runs in every measured process before the work; not measured. */
  setup?: (context: TrialContext) => Promise<unknown>;
  /** What the subject is measured against; without it the subject's own figures are all there is. */
  baseline?: Work;
  subject: Work;
  /** Most CPU time of the subject over that of the baseline. Printed beside the ratio, never asserted. */
  budget?: number;
  /** How often subject and baseline alternate; 3 unless said otherwise. */
  repeats?: number;
}

/** What one process measured. */
export interface Measured {
  cpuSeconds: number;
  wallSeconds: number;
  peakBytes: number;
  figures: Figures;
}
