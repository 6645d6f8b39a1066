import { createLocale, type Language, type Locale } from './locale';
import { createTimeZone, UTC } from './time';

/** Most readers live there. */
export const SHANGHAI = createTimeZone('Asia/Shanghai') ?? UTC;

/** A locale in Shanghai. */
export const testLocale = (language: Language, accountNames?: ReadonlyMap<string, string>): Locale =>
  createLocale(language, SHANGHAI, accountNames);
