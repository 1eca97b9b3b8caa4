export function BackupsSection() {
  return <section aria-label="Backups" />;
}
