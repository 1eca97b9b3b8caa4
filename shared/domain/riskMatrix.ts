/** The operation's own risk matrix: which scores it takes. Pure; the engine and the settings on screen ask the same. */
import { highestRiskScale, placeholderRiskMatrix } from '../reference/riskMatrix.ts';

/** Settings of the matrix as the operation holds them; null where one is not set. */
export interface RiskMatrix {
  riskScale: number | null;
  riskHighFrom: number | null;
  riskMediumFrom: number | null;
}

/** The highest score of harm and of likelihood: the operation's, else that of the placeholder. */
export function riskScaleOf(matrix: Pick<RiskMatrix, 'riskScale'>): number {
  return matrix.riskScale ?? placeholderRiskMatrix.riskScale;
}

/** Why harm or likelihood cannot have this score, or null where it can. */
export function checkRiskScore(value: number, matrix: Pick<RiskMatrix, 'riskScale'>): string | null {
  const scale = riskScaleOf(matrix);
  return Number.isInteger(value) && value >= 0 && value <= scale
    ? null
    : `the risk matrix of this operation takes whole numbers from 0 to ${scale}.`;
}

/** Why a setting of the matrix cannot be so by itself, or null. */
export function checkRiskSetting(field: keyof RiskMatrix, value: number): string | null {
  const most = field === 'riskScale' ? highestRiskScale : highestRiskScale ** 2;
  return Number.isInteger(value) && value >= 1 && value <= most
    ? null
    : `it has to be a whole number from 1 to ${most}.`;
}

/** What is wrong with the settings together, by field. Bands are of harm × likelihood. */
export function checkRiskMatrix(matrix: RiskMatrix): Partial<Record<keyof RiskMatrix, string>> {
  const { riskScale, riskHighFrom, riskMediumFrom } = matrix;
  const most = riskScaleOf(matrix) ** 2;
  const wrong: Partial<Record<keyof RiskMatrix, string>> = {};
  for (const [field, value] of Object.entries({ riskScale, riskHighFrom, riskMediumFrom })) {
    const why = value === null ? null : checkRiskSetting(field as keyof RiskMatrix, value);
    if (why) wrong[field as keyof RiskMatrix] = `I${why.slice(1)}`;
  }
  if (Object.keys(wrong).length > 0) return wrong;
  if (riskHighFrom !== null && riskHighFrom > most)
    wrong.riskHighFrom = `No score is higher than ${most}: no target would be high.`;
  if (riskMediumFrom !== null && riskHighFrom !== null && riskMediumFrom >= riskHighFrom)
    wrong.riskMediumFrom = 'Medium has to begin below high.';
  return wrong;
}

/** The band of a score, or null where the score or the bands are missing. The grid works it out the same way. */
export function riskBandOf(score: number | null, matrix: RiskMatrix): 'high' | 'medium' | 'low' | null {
  if (score === null) return null;
  if (matrix.riskHighFrom !== null && score >= matrix.riskHighFrom) return 'high';
  if (matrix.riskMediumFrom === null) return null;
  return score >= matrix.riskMediumFrom ? 'medium' : 'low';
}
