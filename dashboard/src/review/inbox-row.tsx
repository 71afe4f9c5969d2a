import type { ReviewState } from '../../../src/contract/review.ts'
import { Spark } from '../charts/spark.tsx'
import type { Exception } from '../data/api.ts'
import { useWords } from '../words/words.tsx'

/** One series of the inbox: what is the matter, what is at stake, what to do. */
export function InboxRow({
  exceptions,
  isChosen,
  isNarrow,
  done,
  open,
  put,
}: {
  /** Of one series, the worst first; at least one. */
  readonly exceptions: readonly Exception[]
  readonly isChosen: boolean
  readonly isNarrow: boolean
  readonly done: ReviewState | null
  readonly open: () => void
  readonly put: (state: ReviewState) => void
}) {
  const { say, told } = useWords()
  const [first] = exceptions
  const { series, row, advice } = first!
  const isDone = done !== null && done !== 'open'
  return (
    <li data-series={series} className={isChosen ? 'chosen' : ''} style={{ opacity: isDone ? 0.6 : 1 }}>
      <div className="row" style={{ flexWrap: 'nowrap', alignItems: 'start' }}>
        <div className="stack" style={{ gap: 2, flex: 1, minWidth: 0 }}>
          <button
            type="button"
            className="title name"
            onClick={open}
            aria-current={isChosen || undefined}
            data-testid="inbox-row"
          >
            {series}
          </button>
          {exceptions.map((each) => (
            <Matter key={each.kind} exception={each} isShort={isNarrow} />
          ))}
          {!isNarrow && advice !== null && <span className="muted name">{told(advice.text)}</span>}
        </div>
        {!isNarrow && (
          <>
            <span className="wide-only">
              <Spark history={row.sparkline.history} forecast={row.sparkline.forecast} width={160} height={40} />
            </span>
            <span className="actions" style={{ flex: 'none' }}>
              {isDone ? (
                <>
                  <span className="muted">{say(`inbox.done_${done}`)}</span>
                  <button type="button" className="button plain" onClick={() => put('open')}>
                    {say('review.reopen')}
                  </button>
                </>
              ) : (
                <>
                  <button
                    type="button"
                    className="button"
                    aria-label={`${say('review.accept')}: ${series}`}
                    onClick={() => put('accepted')}
                  >
                    {say('review.accept')}
                  </button>
                  <button
                    type="button"
                    className="button plain wide-only"
                    aria-label={`${say('review.later')}: ${series}`}
                    onClick={() => put('later')}
                  >
                    {say('review.later')}
                  </button>
                </>
              )}
            </span>
          </>
        )}
      </div>
    </li>
  )
}

function Matter({ exception, isShort }: { readonly exception: Exception; readonly isShort: boolean }) {
  const { say, number, told } = useWords()
  const { severity, kind, because, value, quantity, row } = exception
  const stake =
    value !== null
      ? say('inbox.value', { value: number(value) })
      : quantity > 0
        ? say('inbox.quantity', { quantity: number(quantity), unit: row.unit ?? '' })
        : null
  return (
    <span className="name">
      <span className={`mark ${severity}`}>{say(`ui.report.finding.${kind}`)}</span>
      {stake !== null && ` · ${stake}`}
      {!isShort && <span className="muted"> · {told(because.text)}</span>}
    </span>
  )
}
