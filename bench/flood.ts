/** One hostile connection for each limit, broken as hard as it can. */
import { floods } from '../tests/support/attackers';
import { benchAttacks } from './support/attacks';

export const bench = () => benchAttacks(Object.keys(floods));
