/** Extensions of what people share without one: pasted images, recordings, snippets. */
const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['application/gzip', 'gz'],
  ['application/json', 'json'],
  ['application/pdf', 'pdf'],
  ['application/zip', 'zip'],
  ['audio/amr', 'amr'],
  ['audio/mp4', 'm4a'],
  ['audio/mpeg', 'mp3'],
  ['audio/ogg', 'ogg'],
  ['audio/opus', 'opus'],
  ['image/bmp', 'bmp'],
  ['image/gif', 'gif'],
  ['image/heic', 'heic'],
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/tiff', 'tiff'],
  ['image/webp', 'webp'],
  ['image/x-icon', 'ico'],
  ['text/csv', 'csv'],
  ['text/html', 'html'],
  ['text/plain', 'txt'],
  ['video/mp4', 'mp4'],
  ['video/quicktime', 'mov'],
]);

/** The name with an extension, where it has none and its Content-Type has a known one. */
export function withExtension(name: string, contentType: string): string {
  const [type = ''] = contentType.toLowerCase().split(';', 1);
  const extension = /\.[a-z0-9]{1,10}$/i.test(name) ? undefined : EXTENSIONS.get(type.trim());
  return extension ? `${name}.${extension}` : name;
}
