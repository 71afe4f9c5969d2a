/** Why a person puts another value in place of a forecast; `other` asks for a note. */
export const REASONS = ['promotion', 'price', 'customer', 'stock_out', 'data_error', 'other'] as const
export type OverrideReason = (typeof REASONS)[number]
