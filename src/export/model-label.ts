import { MODEL_NAMES } from '../i18n/model-names.ts'

/** Registry name to the short label of the files, as the guide prints it; the full form (`ETS(A,Ad,A)[12]`) is `model_label`. */
const LABELS: Readonly<Record<string, string>> = {
  ...MODEL_NAMES,
  naive: 'Naive',
  seasonal_naive: 'Seasonal naive',
  drift: 'Drift',
  seasonally_adjusted_naive: 'Seasonally adjusted naive',
  seasonally_adjusted_drift: 'Seasonally adjusted drift',
  mean: 'Mean',
  ensemble: 'Ensemble',
  analogy: 'Analogy',
}

const NAMES = new Map(Object.entries(LABELS).map(([name, label]) => [label, name]))

/** The registry name of a label of the files; of another one itself. */
export const registryName = (label: string): string => NAMES.get(label) ?? label

/** A model the table does not know keeps its registry name: never another model's. */
export const modelLabel = (name: string): string => (Object.hasOwn(LABELS, name) ? LABELS[name]! : name)
