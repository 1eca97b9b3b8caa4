export function AuditSection() {
  return <section aria-label="Record" />;
}
