export function PeopleSection() {
  return <section aria-label="People and keys" />;
}
