const LONGEST = 200

/**
 * A name for people, of what a client says a file is called: never a path, without control and direction characters. It is
 * shown, and names the series of a file that holds one; nothing is stored under it.
 */
export function safeFilename(given: string): string {
  const last = given.split(/[\\/]/).at(-1) ?? ''
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '').trim()
  const short = plain.length <= LONGEST ? plain : plain.slice(0, LONGEST - 10) + plain.slice(-10)
  return short === '' || short === '.' || short === '..' ? 'file' : short
}

/** `Content-Disposition` of a download (RFC 6266): plain letters, and the name as it is beside them. */
export const attachment = (filename: string): string =>
  `attachment; filename="${filename.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(filename)}`
