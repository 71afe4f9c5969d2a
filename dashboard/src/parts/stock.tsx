import type { SeriesDetail } from '../data/api.ts'
import { useWords } from '../words/words.tsx'

/** Stock figures with what they are made of, so that nobody has to believe them. */
export function Stock({ detail }: { readonly detail: SeriesDetail }) {
  const { say, number, percent } = useWords()
  const stock = detail.supply
  const unit = detail.row.unit === null ? '' : ` ${detail.row.unit}`
  if (stock === null) return <p className="muted">{say('stock.none')}</p>
  const fact = (word: string, value: string) => (
    <tr>
      <th scope="row">{say(word)}</th>
      <td className="number">{value}</td>
    </tr>
  )
  const held = stock.stock
  return (
    <div className="stack" style={{ gap: 16 }}>
      <dl className="figures">
        <div>
          <dt>{say('ui.report.column.reorder_point')}</dt>
          <dd data-testid="reorder-point">
            {number(stock.reorder_point)}
            <span className="small">{unit}</span>
          </dd>
        </div>
        <div>
          <dt>{say('ui.report.column.safety_stock')}</dt>
          <dd>
            {number(stock.safety_stock)}
            <span className="small">{unit}</span>
          </dd>
        </div>
        {held !== null && (
          <div>
            <dt>{say('stock.order')}</dt>
            <dd>
              {number(held.order_proposal)}
              <span className="small">{unit}</span>
            </dd>
          </div>
        )}
      </dl>
      <p className="reading">
        {say('stock.formula', {
          reorder: number(stock.reorder_point),
          demand: number(stock.demand_over_protection.mean),
          safety: number(stock.safety_stock),
          periods: number(stock.lead_time + stock.review_period),
          service: percent(stock.service_level, 3),
          measure: stock.service_measure,
        })}
      </p>
      {held !== null && (
        <p className="reading">
          {say('stock.held', {
            onHand: number(held.on_hand),
            onOrder: number(held.on_order),
            risk: percent(held.stock_out_risk),
          })}
        </p>
      )}
      <details>
        <summary>{say('stock.details')}</summary>
        <table style={{ maxWidth: 520, marginTop: 8 }}>
          <tbody>
            {fact('stock.lead_time', number(stock.lead_time))}
            {fact('stock.lead_time_sd', number(stock.lead_time_sd))}
            {fact('stock.review', number(stock.review_period))}
            {fact('stock.mean_lead', number(stock.demand_over_lead_time.mean))}
            {fact('stock.mean_protection', number(stock.demand_over_protection.mean))}
            {fact('stock.distribution', stock.demand_distribution)}
            {fact('stock.cycle_service', percent(stock.cycle_service, 3))}
            {fact('stock.fill_rate', percent(stock.fill_rate, 3))}
          </tbody>
        </table>
        {stock.lead_time_assumed && <p className="muted">{say('stock.assumed')}</p>}
      </details>
      {stock.service_curve.length > 0 && (
        <section className="stack" style={{ gap: 4 }}>
          <h3>{say('stock.curve')}</h3>
          <table style={{ maxWidth: 420 }}>
            <thead>
              <tr>
                <th scope="col" className="number">
                  {say('ui.report.column.service_level')}
                </th>
                <th scope="col" className="number">
                  {say('ui.report.column.reorder_point')}
                </th>
              </tr>
            </thead>
            <tbody>
              {stock.service_curve.map((each) => (
                <tr key={each.service_level}>
                  <td className="number">{percent(each.service_level, 3)}</td>
                  <td className="number">{number(each.reorder_point)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  )
}
