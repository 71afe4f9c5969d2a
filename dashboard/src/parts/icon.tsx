const PATHS = {
  runs: 'M3 5h14M3 10h14M3 15h9',
  review: 'M3 5l2 2 3-4M3 13l2 2 3-4M11 6h6M11 14h6',
  settings: 'M4 6h7M15 6h1M4 14h1M9 14h7M11 4v4M9 12v4',
  help: 'M7.5 7.5a2.5 2.5 0 1 1 3.5 2.3c-.7.4-1 .8-1 1.7M10 14.5v.1',
  light:
    'M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7M10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4',
  dark: 'M15.5 12A6.5 6.5 0 0 1 8 4.500a6.500 6.500 0 1 0 7.500 7.500z',
  measure: 'M3 17V9M8 17V4M13 17v-6M18 17v-9',
  close: 'M5 5l10 10M15 5L5 15',
} as const

/** A drawing beside a word, never in place of one. */
export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
