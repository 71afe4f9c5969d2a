const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Signs without a picture that turn the direction of writing or end a line: shown by their number. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const ACTIVE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** A text of anyone's, inert in content and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  text
    .toWellFormed()
    .replace(ACTIVE, (sign) => `<U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`)
    .replace(/[&<>"']/g, (sign) => NAMES[sign]!)
