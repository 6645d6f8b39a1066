import { BAD_CHINESE } from './bad-chinese';
import { BAD_ENGLISH } from './bad-english';
import { GOOD_CHINESE } from './good-chinese';
import { GOOD_ENGLISH } from './good-english';
import type { Output } from './output';

/** What models have answered, or might: the guard is measured by them. Times are those of readers in Asia/Shanghai. */
export const OUTPUTS: readonly Output[] = [...GOOD_CHINESE, ...GOOD_ENGLISH, ...BAD_CHINESE, ...BAD_ENGLISH];
