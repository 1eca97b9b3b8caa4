/**
 * A risk matrix of harm and likelihood, used until the force loads its own. The scale and the bands are invented:
 * no published scoring stands behind them (domain-facts 5.8), and every screen that shows them says so.
 */
export const placeholderRiskMatrix = { riskScale: 5, riskHighFrom: 15, riskMediumFrom: 8 } as const;

/** The most that a matrix may score harm or likelihood with. */
export const highestRiskScale = 100;
