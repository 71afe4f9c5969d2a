/** Whether a value may be given, and the words for what may. */
export interface Rule {
  readonly holds: (value: unknown) => boolean
  readonly expected: string
}

export const rule = (expected: string, holds: (value: unknown) => boolean): Rule => ({ holds, expected })

export const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
export const isText = (value: unknown): value is string => typeof value === 'string'

/** Both ends belong to it. */
export const between =
  (least: number, most: number) =>
  (value: unknown): boolean =>
    isNumber(value) && value >= least && value <= most

/** A whole number that is exact; both ends belong to it. */
export const whole =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (value: unknown): boolean =>
    between(least, most)(value) && Number.isInteger(value)

/** Above 0, and at most this. */
export const positive =
  (most = Number.MAX_VALUE) =>
  (value: unknown): boolean =>
    between(0, most)(value) && value !== 0

/** A probability that is neither 0 nor 1. */
export const isShare = (value: unknown): value is number => isNumber(value) && value > 0 && value < 1

export const oneOf =
  (...allowed: readonly unknown[]) =>
  (value: unknown): boolean =>
    allowed.includes(value)

/** An array of so many, each of which holds. */
export const listOf =
  (holds: (value: unknown) => boolean, most: number) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.length >= 1 && value.length <= most && value.every(holds)

export const matches =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    isText(value) && pattern.test(value)

/** One of several kinds of value. */
export const either =
  (...kinds: readonly ((value: unknown) => boolean)[]) =>
  (value: unknown): boolean =>
    kinds.some((holds) => holds(value))
