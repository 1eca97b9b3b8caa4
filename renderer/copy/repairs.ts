export { repairWords } from '../../shared/intake/repairs.ts';
