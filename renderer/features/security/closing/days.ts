import { formatDate } from '../../../../shared/domain/calendar.ts';

/** An ISO day as people write it; blank for none. */
export const showDay = (iso: string | null): string => (iso === null ? '' : formatDate(iso));
