import type english from '../en/settings';
import type { Translation } from '../catalog';

export default {} as const satisfies Translation<typeof english>;
