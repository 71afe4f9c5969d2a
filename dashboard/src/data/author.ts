import { keep, kept } from './kept.ts'

/** Who works here, as they call themselves; nobody verifies it until there are accounts. */
export const author = (): string => kept('author') ?? ''
export const keepAuthor = (name: string): void => keep('author', name.trim())
export const authorOr = (other: string): string => author() || other
