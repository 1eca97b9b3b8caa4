export function LockSection() {
  return <section aria-label="Lock" />;
}
