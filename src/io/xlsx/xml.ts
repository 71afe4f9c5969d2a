import { type SaxesAttributePlain, SaxesParser } from 'saxes'
import type { ByteSource } from '../bytes/source.ts'

/** Elements inside elements; a sheet needs six. */
const DEEPEST = 64

/** What is met on the way through a document. Names are without their prefix. */
export interface Handlers {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

/** Why a document is not read; `cause` is a word of `workbook_invalid`. */
export class XmlRefused extends Error {
  readonly cause: string

  constructor(cause: string) {
    super(cause)
    this.cause = cause
  }
}

/**
 * Reads XML as it streams in. A document type is refused outright: entities of its own, external ones and expansion
 * bombs all need one. Throws `XmlRefused`.
 */
export async function readXml(source: ByteSource, { open, text, close }: Handlers): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let depth = 0
  const refuse = (cause: string): never => {
    throw new XmlRefused(cause)
  }
  parser.on('error', () => refuse('damaged'))
  parser.on('doctype', () => refuse('doctype'))
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?(?:8|16(?:le|be)?)$/i.test(encoding)) refuse('encoding')
  })
  parser.on('opentag', (tag) => {
    if (++depth > DEEPEST) refuse('depth')
    open?.(local(tag.name), tag.attributes as Record<string, SaxesAttributePlain & string>)
  })
  if (text !== undefined) {
    parser.on('text', text)
    parser.on('cdata', text)
  }
  parser.on('closetag', (tag) => {
    depth--
    close?.(local(tag.name))
  })
  let decoder: InstanceType<typeof TextDecoder> | null = null
  for await (const chunk of source.open()) {
    decoder ??= new TextDecoder(encodingOf(chunk))
    parser.write(decoder.decode(chunk, { stream: true }))
  }
  if (decoder === null) refuse('damaged')
  parser.write(decoder!.decode())
  parser.close()
}

const local = (name: string): string => {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

function encodingOf(chunk: Buffer): string {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
  return chunk[0] === 0xfe && chunk[1] === 0xff ? 'utf-16be' : 'utf-8'
}
