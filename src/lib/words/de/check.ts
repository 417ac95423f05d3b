import type english from '../en/check';
import type { Translation } from '../catalog';

export default {} as const satisfies Translation<typeof english>;
