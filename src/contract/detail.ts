import { z } from 'zod'

const number = z.number().nullable()
const numbers = z.array(number)

/** One origin of the past: what was forecast from there, and what came. */
export const BacktestOrigin = z
  .strictObject({
    origin_date: z.string().nullable().describe('Of the last period that was known.'),
    dates: z.array(z.string().nullable()),
    actual: numbers,
    forecast: numbers,
  })
  .meta({ id: 'BacktestOrigin' })

/** A history taken apart by STL: it is the sum of the three, period by period. */
export const Decomposition = z
  .strictObject({ season_length: z.int(), trend: numbers, season: numbers, remainder: numbers })
  .meta({ id: 'Decomposition' })

const Demand = z.strictObject({
  mean: z.number(),
  quantiles: z.array(z.number()).describe('At `probabilities`.'),
})

/**
 * Stock figures with what they are made of: the reorder point is the smallest stock that gives the service level over
 * lead time and review; the safety stock is what it holds beyond the expected demand over that time.
 */
export const StockFigures = z
  .strictObject({
    reorder_point: z.number(),
    safety_stock: z.number(),
    service_level: z.number(),
    service_measure: z.enum(['cycle', 'fill_rate']),
    lead_time: z.number().describe('Periods, in the mean.'),
    lead_time_sd: z.number(),
    lead_time_assumed: z.boolean(),
    review_period: z.number(),
    demand_distribution: z.string(),
    probabilities: z.array(z.number()),
    demand_over_lead_time: Demand,
    demand_over_protection: Demand.describe('Over lead time and review.'),
    cycle_service: number.describe('Cycles without a shortage at the reorder point.'),
    fill_rate: number.describe('Demand met at once at the reorder point.'),
    service_curve: z.array(
      z.strictObject({ service_level: z.number(), reorder_point: z.number(), service: z.number() }),
    ),
    stock: z
      .strictObject({
        on_hand: z.number(),
        on_order: z.number(),
        order_proposal: z.number(),
        stock_out_risk: z.number(),
        expected_shortage: z.number(),
        cover_periods: number,
        projected: numbers.describe('At the end of each period, with the proposal ordered now.'),
        projected_risk: numbers,
      })
      .nullable()
      .describe('Where the stock on hand is known.'),
  })
  .meta({ id: 'StockFigures' })
export type StockFigures = z.infer<typeof StockFigures>

/** What is known of an item beside its history. */
export const Item = z
  .strictObject({
    unit: z.string().nullable(),
    unit_price: number,
    unit_cost: number,
    stock_on_hand: number,
    on_order: number,
    minimum_order: number,
    order_multiple: number,
    group: z.record(z.string(), z.string()),
    location: z.string().nullable(),
    description: z.string().nullable(),
    predecessor: z.string().nullable(),
    successor: z.string().nullable(),
    end_of_life: z.string().nullable(),
    abc: z.enum(['A', 'B', 'C']).nullable(),
    xyz: z.enum(['X', 'Y', 'Z']).nullable(),
    value: number.describe('Forecast in money.'),
    like_items: z.array(z.string()).describe('Items that a new one was forecast like.'),
  })
  .meta({ id: 'Item' })
export type Item = z.infer<typeof Item>
