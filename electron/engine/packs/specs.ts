import { AppError } from '../../../shared/contract/errors.ts';
import type { PackSpec } from '../../../shared/packs/packSpec.ts';
import { shippedSpecs } from '../../../shared/packs/packSpecs.ts';

/** The spec of this name. @throws AppError `pack.unknown`. */
export function findSpec(id: string): PackSpec {
  const spec = shippedSpecs.find((each) => each.id === id);
  if (spec !== undefined) return spec;
  const names = shippedSpecs.map((each) => each.id).join(', ');
  throw new AppError('pack.unknown', `There is no such pack. Choose one of: ${names}.`);
}
