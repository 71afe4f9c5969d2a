/** What a file really is, by its first bytes. CSV has no signature: null means "may be text". */
const SIGNATURES: readonly (readonly [string, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['zip', [0x50, 0x4b, 0x07, 0x08]],
  ['gzip', [0x1f, 0x8b]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['parquet', [0x50, 0x41, 0x52, 0x31]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0]],
  ['elf', [0x7f, 0x45, 0x4c, 0x46]],
  ['sqlite', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
]

/** Share of control characters from which a file is no text. */
const MOST_CONTROLS = 0.05
const LOOKED_AT = 4096

export function fileType(bytes: Uint8Array): string | null {
  for (const [name, signature] of SIGNATURES)
    if (bytes.length >= signature.length && signature.every((byte, i) => bytes[i] === byte))
      return name === 'xls' ? compoundKind(bytes) : name
  if (bytes[0] === 0x4d && bytes[1] === 0x5a && controls(bytes) > MOST_CONTROLS) return 'exe'
  const start = Buffer.from(bytes.subarray(0, 200))
    .toString('latin1')
    .replace('\u00ef\u00bb\u00bf', '')
    .trimStart()
    .toLowerCase()
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) return 'html'
  if (start.startsWith('<?xml')) return 'xml'
  return null
}

/** Old workbooks and encrypted new ones share a container; the latter names its contents in UTF-16. */
const compoundKind = (bytes: Uint8Array): string =>
  Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encrypted' : 'xls'

/** True where decoded text holds too many control characters to be a table. */
export const looksBinary = (text: Uint8Array): boolean => controls(text) > MOST_CONTROLS

function controls(bytes: Uint8Array): number {
  const end = Math.min(bytes.length, LOOKED_AT)
  let count = 0
  for (let i = 0; i < end; i++) if (bytes[i] < 9 || (bytes[i] > 13 && bytes[i] < 32)) count++
  return end === 0 ? 0 : count / end
}
