/** Everything about dates and times: reading them from cells, arithmetic, and showing them. */
export {
  ageOn,
  daysBetween,
  formatDate,
  formatDateTime,
} from './calendar.ts';
export {
  cleanDate,
  type DateOptions,
  type DateOrder,
  type DateOrderFinding,
  detectDateOrder,
} from './dateText.ts';
export { cleanDateTime, cleanDuration, cleanTime, withoutAssumedTime } from './times.ts';
