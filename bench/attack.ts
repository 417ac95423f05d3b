/** Many connections, each within its limits. */
import { crowds } from '../tests/support/crowds';
import { benchAttacks } from './support/attacks';

export const bench = () => benchAttacks(Object.keys(crowds));
