import type { ProcessorConfig } from './config.ts'

export type PresetName = 'retail' | 'manufacturing' | 'spareParts'

/** The guide's two configurations by branch, and one for spare parts: plain objects, to be spread or named. */
export const PRESETS = {
  retail: { validationSplit: 0.15, maxModelsToTry: 8, timeoutPerModel: 90, seasonalPreference: true },
  manufacturing: { validationSplit: 0.25, maxModelsToTry: 4, timeoutPerModel: 45, intermittentDetection: true },
  spareParts: { validationSplit: 0.25, maxModelsToTry: 6, intermittentDetection: true, nonNegative: true },
} as const satisfies Record<PresetName, Partial<ProcessorConfig>>
