import type english from '../en/home';
import type { Translation } from '../catalog';

export default {} as const satisfies Translation<typeof english>;
