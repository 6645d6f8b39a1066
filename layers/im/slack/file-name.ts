/** What Slack calls the kinds of files that people share without a name that says it: pasted pictures, recordings, snippets. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/gzip': 'gz',
  'application/json': 'json',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'image/gif': 'gif',
  'image/heic': 'heic',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/plain': 'txt',
  'video/mp4': 'mp4',
};
const EXTENSION = /\.[a-z0-9]{1,10}$/i;

/** The name with an extension, where it has none and the type of its content (as HTTP has it) tells one. */
export function withExtension(name: string, type: string): string {
  const [kind = ''] = type.toLowerCase().split(';', 1);
  const extension = EXTENSION.test(name) ? undefined : EXTENSIONS[kind.trim()];
  return extension ? `${name}.${extension}` : name;
}
