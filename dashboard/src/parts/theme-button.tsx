import { useState } from 'react'
import { keep, kept } from '../data/kept.ts'
import { useWords } from '../words/words.tsx'
import { Icon } from './icon.tsx'

export type Theme = 'system' | 'light' | 'dark'

export function chooseTheme(theme: Theme): void {
  keep('theme', theme)
  document.documentElement.dataset.theme = theme
  dispatchEvent(new Event('arfc:theme'))
}

export const isDark = (): boolean => getComputedStyle(document.documentElement).colorScheme === 'dark'

/** Turns light to dark and back; Settings has "as the system". */
export function ThemeButton() {
  const { say } = useWords()
  const [dark, setDark] = useState(() => isDark() || kept('theme') === 'dark')
  const label = say(dark ? 'theme.to_light' : 'theme.to_dark')
  return (
    <button
      type="button"
      className="button plain"
      aria-label={label}
      title={label}
      onClick={() => {
        chooseTheme(dark ? 'light' : 'dark')
        setDark(!dark)
      }}
    >
      <Icon name={dark ? 'light' : 'dark'} />
    </button>
  )
}
