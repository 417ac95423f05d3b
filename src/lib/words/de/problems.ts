import type english from '../en/problems';
import type { Translation } from '../catalog';

export default {} as const satisfies Translation<typeof english>;
