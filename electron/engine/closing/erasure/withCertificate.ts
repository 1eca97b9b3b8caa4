import type { Erasure } from '../../../../shared/contract/closingSchemas.ts';
import type { Session } from '../../session.ts';
import { layoutErasure, operationOf, writeCertificate } from '../certificate.ts';

/** The erasure with its certificate, where a folder for it was chosen. */
export async function withCertificate(
  session: Session,
  erasure: Erasure,
  options: { folder: string | undefined; resources: string | undefined },
): Promise<Erasure> {
  if (options.folder === undefined) return erasure;
  const certificate = await writeCertificate(session, layoutErasure(erasure, operationOf(session)), {
    folder: options.folder,
    resources: options.resources,
    name: `erasure-of-${erasure.ref}`,
    target: erasure.ref,
    method: 'closing.erasePerson',
  });
  return { ...erasure, certificate };
}
