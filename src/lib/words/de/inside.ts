import type english from '../en/inside';
import type { Translation } from '../catalog';

export default {} as const satisfies Translation<typeof english>;
