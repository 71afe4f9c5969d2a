import type { About } from '../data/about.ts'
import type { Config } from '../data/api.ts'
import { useWords } from '../words/words.tsx'
import { Choice, Field, Range } from './field.tsx'

/** The bands that most people want. */
const LEVELS = [0.5, 0.8, 0.9, 0.95, 0.99]

/** Every option of a run; one that is as the preset or the default has it is not sent. */
export function Advanced({
  config,
  about,
  steps,
  set,
  setSteps,
  name,
  setName,
}: {
  readonly config: Config
  readonly about: About
  readonly steps: number
  readonly set: (changes: Partial<Record<keyof Config, unknown>>) => void
  readonly setSteps: (steps: number) => void
  readonly name: string
  readonly setName: (name: string) => void
}) {
  const { say, percent } = useWords()
  const standard: Config = { ...about.defaults, ...(config.preset === undefined ? {} : about.presets[config.preset]) }
  const now = <K extends keyof Config>(key: K): NonNullable<Config[K]> => (config[key] ?? standard[key])!
  const change = (key: keyof Config, value: unknown): void =>
    set({ [key]: JSON.stringify(value) === JSON.stringify(standard[key]) ? undefined : value })
  const levels = now('levels')
  const yesNo = (key: 'seasonal_preference' | 'intermittent_detection' | 'related_series') => (
    <label className="check" key={key}>
      <input type="checkbox" checked={now(key)} onChange={(event) => change(key, event.target.checked)} />
      {say(`option.${key}`)}
    </label>
  )
  return (
    <div className="columns" style={{ marginTop: 16 }}>
      <fieldset className="stack">
        <legend>
          <h2>{say('option.what')}</h2>
        </legend>
        <Field label={say('option.name')}>
          {(ids) => (
            <input
              {...ids}
              key={name}
              defaultValue={name}
              maxLength={200}
              onBlur={(event) => setName(event.target.value.trim())}
            />
          )}
        </Field>
        <Range
          label={say('configure.horizon')}
          value={Math.min(365, Math.max(7, steps))}
          min={7}
          max={365}
          onChange={setSteps}
          unit={say('option.periods')}
        />
        <Choice
          label={say('option.non_negative')}
          value={String(now('non_negative'))}
          options={(['auto', 'true', 'false'] as const).map((value) => [value, say(`option.non_negative_${value}`)])}
          onChange={(value) => change('non_negative', value === 'auto' ? 'auto' : value === 'true')}
        />
        <div className="field">
          <span className="label">{say('option.levels')}</span>
          <div className="row">
            {LEVELS.map((level) => (
              <label key={level} className="check">
                <input
                  type="checkbox"
                  checked={levels.includes(level)}
                  onChange={(event) => {
                    const next = event.target.checked ? [...levels, level] : levels.filter((each) => each !== level)
                    if (next.length > 0)
                      change(
                        'levels',
                        next.sort((a, b) => a - b),
                      )
                  }}
                />
                {percent(level)}
              </label>
            ))}
          </div>
        </div>
        <Field label={say('option.holidays')} hint={say('option.holidays_hint')}>
          {(ids) => (
            <input
              {...ids}
              key={config.holidays ?? ''}
              defaultValue={config.holidays ?? ''}
              placeholder="IT"
              maxLength={10}
              style={{ width: 120 }}
              onBlur={(event) =>
                change('holidays', event.target.value.trim() === '' ? undefined : event.target.value.trim())
              }
            />
          )}
        </Field>
      </fieldset>
      <fieldset className="stack">
        <legend>
          <h2>{say('option.stock')}</h2>
        </legend>
        <Range
          label={say('option.service_level')}
          value={Math.round(1000 * now('service_level')) / 10}
          min={50}
          max={99.9}
          step={0.1}
          unit="%"
          onChange={(value) => change('service_level', Number((value / 100).toFixed(4)))}
        />
        <Field label={say('option.lead_time')} hint={say('option.lead_time_hint')}>
          {(ids) => (
            <input
              {...ids}
              key={String(config.lead_time ?? '')}
              defaultValue={String(config.lead_time ?? '')}
              placeholder="1"
              style={{ width: 120 }}
              onBlur={(event) => {
                const text = event.target.value.trim()
                set({ lead_time: text === '' ? undefined : Number.isFinite(Number(text)) ? Number(text) : text })
              }}
            />
          )}
        </Field>
        <Range
          label={say('option.review_period')}
          value={now('review_period')}
          min={0}
          max={60}
          unit={say('option.periods')}
          onChange={(value) => change('review_period', value)}
        />
      </fieldset>
      <fieldset className="stack">
        <legend>
          <h2>{say('option.how')}</h2>
        </legend>
        <Range
          label={say('option.validation_split')}
          hint={say('option.validation_hint')}
          value={Math.round(100 * now('validation_split'))}
          min={10}
          max={40}
          step={5}
          unit="%"
          onChange={(value) => change('validation_split', value / 100)}
        />
        <Range
          label={say('option.max_models_to_try')}
          value={now('max_models_to_try')}
          min={3}
          max={10}
          onChange={(value) => change('max_models_to_try', value)}
        />
        <Range
          label={say('option.workers')}
          hint={say('option.workers_hint', { cores: about.cores })}
          value={Math.min(8, config.workers ?? about.cores)}
          min={1}
          max={8}
          onChange={(value) => set({ workers: value })}
        />
        <Range
          label={say('option.timeout_per_model')}
          value={now('timeout_per_model')}
          min={1}
          max={300}
          unit="s"
          onChange={(value) => change('timeout_per_model', value)}
        />
        {yesNo('seasonal_preference')}
        {yesNo('intermittent_detection')}
        {yesNo('related_series')}
      </fieldset>
    </div>
  )
}
