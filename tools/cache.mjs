// Where tools and what they made lie, as `common.sh` has it; in the bench's archive, beside it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const packed = join(import.meta.dirname, '../cache');
const home = process.env.XDG_CACHE_HOME || join(process.env.HOME ?? '', '.cache');
export const cache = existsSync(packed) ? packed : join(home, 'contrastive-playground');
