import { type ReactNode, useId } from 'react'

/** A label with its control, a hint below, and what is wrong with it. */
export function Field(props: {
  readonly label: string
  readonly hint?: ReactNode
  readonly fault?: string | null
  readonly children: (ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode
}) {
  const id = useId()
  const fault = props.fault ?? null
  const described = [props.hint !== undefined ? `${id}-hint` : null, fault !== null ? `${id}-fault` : null]
    .filter((each) => each !== null)
    .join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.children({
        id,
        ...(described !== '' && { 'aria-describedby': described }),
        ...(fault !== null && { 'aria-invalid': true }),
      })}
      {props.hint !== undefined && (
        <span className="hint" id={`${id}-hint`}>
          {props.hint}
        </span>
      )}
      {fault !== null && (
        <span className="fault" id={`${id}-fault`}>
          {fault}
        </span>
      )}
    </div>
  )
}

/** One of several. */
export function Choice(props: {
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [value: string, label: string])[]
  readonly onChange: (value: string) => void
  readonly hint?: ReactNode
}) {
  return (
    <Field label={props.label} hint={props.hint}>
      {(ids) => (
        <select {...ids} value={props.value} onChange={(event) => props.onChange(event.target.value)}>
          {props.options.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** A number between two ends, to be pulled or typed. */
export function Range(props: {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly unit?: string
  readonly hint?: ReactNode
  readonly onChange: (value: number) => void
}) {
  const { value, min, max, step = 1 } = props
  const change = (text: string): void => {
    const number = Number(text)
    if (text !== '' && Number.isFinite(number)) props.onChange(Math.min(max, Math.max(min, number)))
  }
  return (
    <Field label={props.label} hint={props.hint}>
      {(ids) => (
        <span className="row" style={{ flexWrap: 'nowrap' }}>
          <input
            {...ids}
            type="range"
            {...{ min, max, step, value }}
            onChange={(event) => change(event.target.value)}
          />
          <input
            type="number"
            aria-label={props.label}
            {...{ min, max, step }}
            // a new value from outside is shown; what is being typed is left alone
            key={value}
            defaultValue={value}
            onBlur={(event) => change(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && change(event.currentTarget.value)}
            style={{ width: 76, flex: 'none', textAlign: 'end' }}
          />
          {props.unit !== undefined && <span className="muted">{props.unit}</span>}
        </span>
      )}
    </Field>
  )
}
