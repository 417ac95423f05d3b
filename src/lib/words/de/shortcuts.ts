import type english from '../en/shortcuts';
import type { Translation } from '../catalog';

export default {} as const satisfies Translation<typeof english>;
