// Where tools and what they made lie, as `common.sh` has it.
import { join } from 'node:path';

export const cache = join(process.env.XDG_CACHE_HOME || join(process.env.HOME ?? '', '.cache'), 'contrastive-playground');
