/** Words of the security view that belong to no one section. */
export const securityCopy = {
  title: 'Security',
  sections: 'Sections of security',
  section: {
    people: 'People and keys',
    lock: 'Lock',
    backups: 'Backups',
    audit: 'Record',
    exchange: 'Exchange',
    closing: 'Closing down',
  },
};
