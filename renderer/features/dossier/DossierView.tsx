export function DossierView(_: { reference: string }) {
  return null;
}
